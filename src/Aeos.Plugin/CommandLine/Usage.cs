namespace Aeos.Plugin.CommandLine;

/// <summary>What a person reads who runs the plugin by hand.</summary>
internal static class Usage
{
    /// <summary>What it is, and how it is used.</summary>
    public static string Text(IReadOnlyList<string> providers) => $"""
        velero-plugin-aeos {ProductVersion.Text}: an object store plugin for Velero that encrypts before anything leaves the pod.

        Velero starts this program itself. It does nothing when it is run by hand, except for:
          velero-plugin-aeos copy-to DIR   copies itself into DIR, for an init container that fills Velero's plugin folder
          velero-plugin-aeos --version     prints its version

        Providers for BackupStorageLocations: {string.Join(", ", providers)}
        """;
}
