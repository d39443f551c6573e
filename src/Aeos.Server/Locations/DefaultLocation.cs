using Aeos.Velero.Resources;

namespace Aeos.Server.Locations;

/// <summary>Which location takes the backups that name none.</summary>
internal static class DefaultLocation
{
    /// <summary>The one that is marked; of several the one that was made last; without one that of the server's own setting.</summary>
    /// <param name="locations">The locations.</param>
    /// <param name="fallback">The name of the server's setting, <c>--default-backup-storage-location</c>.</param>
    /// <returns>Null: there is none.</returns>
    public static BackupStorageLocationDocument? Of(IEnumerable<BackupStorageLocationDocument> locations, string fallback)
    {
        var all = locations.ToList();
        return Marked(all).FirstOrDefault() ?? all.Find(location => location.Metadata.Name == fallback);
    }

    /// <summary>Those that are marked, the one that counts first.</summary>
    public static IEnumerable<BackupStorageLocationDocument> Marked(IEnumerable<BackupStorageLocationDocument> locations) => locations
        .Where(static location => location.Spec.Default == true)
        .OrderByDescending(static location => location.Metadata.CreationTimestamp, StringComparer.Ordinal)
        .ThenBy(static location => location.Metadata.Name, StringComparer.Ordinal);
}
