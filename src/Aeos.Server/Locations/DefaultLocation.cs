using Aeos.Velero.Resources;

namespace Aeos.Server.Locations;

/// <summary>Which location takes the backups that name none.</summary>
internal static class DefaultLocation
{
    /// <summary>Those that are marked, the one that counts first.</summary>
    public static IEnumerable<BackupStorageLocationDocument> Marked(IEnumerable<BackupStorageLocationDocument> locations) => locations
        .Where(static location => location.Spec.Default == true)
        .OrderByDescending(static location => location.Metadata.CreationTimestamp, StringComparer.Ordinal)
        .ThenBy(static location => location.Metadata.Name, StringComparer.Ordinal);
}
