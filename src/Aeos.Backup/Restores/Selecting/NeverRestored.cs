namespace Aeos.Backup.Restores.Selecting;

/// <summary>Types that are never restored, and types that are always (Velero 1.18, pkg/controller/restore_controller.go and pkg/restore/restore.go).</summary>
internal static class NeverRestored
{
    /// <summary>The types that are never restored.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "nodes", "events", "events.events.k8s.io", "backups.velero.io", "restores.velero.io", "resticrepositories.velero.io", "csinodes.storage.k8s.io",
        "volumeattachments.storage.k8s.io", "backuprepositories.velero.io",
    ];

    private static readonly HashSet<string> Never = new(Types, StringComparer.Ordinal);

    public static bool Includes(string groupResource) => Never.Contains(groupResource);

    /// <summary>Whether objects of the type are selected whatever is said of types, namespaces and labels: restored volumes hang on them.</summary>
    public static bool MustHave(string groupResource) => groupResource is TypeNames.DataUploads or TypeNames.SnapshotContents;
}
