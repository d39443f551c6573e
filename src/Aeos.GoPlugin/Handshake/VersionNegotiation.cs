using System.Globalization;

namespace Aeos.GoPlugin.Handshake;

/// <summary>Chooses the application's protocol version as go-plugin servers do.</summary>
internal static class VersionNegotiation
{
    /// <summary>The newest version that both sides speak.</summary>
    /// <param name="own">The plugin's versions, at least one.</param>
    /// <param name="offered">The host's <see cref="PluginEnvironment.ProtocolVersions"/>, or null. Parts that are no number are passed over.</param>
    /// <param name="common">
    /// Whether the version is one of the host's. An old host that offers none is taken to speak the plugin's oldest; a host with other versions
    /// gets that one too, so that it can name both sides' versions in its error.
    /// </param>
    public static int Choose(IReadOnlyList<int> own, string? offered, out bool common)
    {
        if (string.IsNullOrEmpty(offered))
        {
            common = true;
            return own.Min();
        }

        var best = -1;
        foreach (var part in offered.Split(','))
        {
            if (int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && own.Contains(version))
            {
                best = Math.Max(best, version);
            }
        }

        common = best >= 0;
        return common ? best : own.Min();
    }
}
