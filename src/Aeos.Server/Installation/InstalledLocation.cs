namespace Aeos.Server.Installation;

/// <summary>The location that an installation sets up as the default one.</summary>
/// <param name="Provider">What kind of store it is.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What the keys of all objects begin with; empty for none.</param>
/// <param name="Config">The provider's settings.</param>
/// <param name="Authorities">Certificate authorities of the store's server, PEM; null: the usual ones.</param>
public sealed record InstalledLocation(string Provider, string Bucket, string Prefix, IReadOnlyDictionary<string, string> Config, ReadOnlyMemory<byte>? Authorities);
