namespace Aeos.GoPlugin;

/// <summary>What host and plugin must agree on before they talk (go-plugin's <c>HandshakeConfig</c>).</summary>
/// <param name="MagicCookieKey">The environment variable by which a plugin knows that a host started it.</param>
/// <param name="MagicCookieValue">Its value.</param>
/// <param name="ProtocolVersions">The application's protocol versions that this side speaks, at least one.</param>
public sealed record HandshakeConfig(string MagicCookieKey, string MagicCookieValue, IReadOnlyList<int> ProtocolVersions);
