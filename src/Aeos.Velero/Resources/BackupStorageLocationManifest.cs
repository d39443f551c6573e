using Aeos.ObjectStore.Locations;

namespace Aeos.Velero.Resources;

/// <summary>Reads a BackupStorageLocation (<c>velero.io/v1</c>) from a manifest, YAML or JSON.</summary>
public static class BackupStorageLocationManifest
{
    /// <summary>
    /// Reads the one BackupStorageLocation in the text, with the bucket, the prefix and <c>caCert</c> as Velero hands them to a plugin.
    /// </summary>
    /// <param name="yaml">The manifest; other documents in it are passed over.</param>
    /// <param name="source">The file's name, for errors.</param>
    /// <exception cref="LocationRefusedException">None or several in the file, not YAML, or a field that is missing or of the wrong type: named, with its line.</exception>
    public static LocationSpec Parse(string yaml, string source) => throw new NotImplementedException();
}
