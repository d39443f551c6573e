using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>What Velero's server fills in where a spec says nothing (Velero 1.18, prepareBackupRequest in pkg/controller/backup_controller.go).</summary>
internal static class SpecCompletion
{
    private const string DefaultLocation = "default";

    // What Velero waits for with these does not happen here; they are filled in so that its client shows what it always does.
    private static readonly TimeSpan CsiSnapshotTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ItemOperationTimeout = TimeSpan.FromHours(4);

    public static BackupSpec Complete(BackupRequest request, ClusterNamespaces existing)
    {
        var spec = request.Spec;
        var isOld = BackupValidation.UsesOldFilters(spec);
        return spec with
        {
            IncludedNamespaces = spec.IncludedNamespaces is { Count: > 0 } ? spec.IncludedNamespaces : ["*"],
            ExcludedNamespaces = existing.Excluded.Count == 0 ? spec.ExcludedNamespaces : With(spec.ExcludedNamespaces, [.. existing.Excluded]),
            ExcludedResources = isOld ? With(spec.ExcludedResources, TypeNames.Snapshots, TypeNames.SnapshotContents) : spec.ExcludedResources,
            ExcludedNamespaceScopedResources = isOld ? spec.ExcludedNamespaceScopedResources : With(spec.ExcludedNamespaceScopedResources, TypeNames.Snapshots),
            ExcludedClusterScopedResources = isOld ? spec.ExcludedClusterScopedResources : With(spec.ExcludedClusterScopedResources, TypeNames.SnapshotContents),
            StorageLocation = spec.StorageLocation is { Length: > 0 } named ? named : DefaultLocation,
            SnapshotVolumes = false,
            SnapshotMoveData = false,
            DefaultVolumesToFsBackup = false,
            Ttl = DurationText.Format(Ttl(request)),
            CsiSnapshotTimeout = DurationText.Format(Given(spec.CsiSnapshotTimeout) ?? CsiSnapshotTimeout),
            ItemOperationTimeout = DurationText.Format(Given(spec.ItemOperationTimeout) ?? ItemOperationTimeout),
        };
    }

    public static TimeSpan Ttl(BackupRequest request)
        => Given(request.Spec.Ttl) ?? request.DefaultTtl;

    /// <summary>The duration that was asked for; null: none. Velero's client writes <c>0s</c> for that.</summary>
    public static TimeSpan? Given(string? duration) => DurationText.TryParse(duration, out var given) && given > TimeSpan.Zero ? given : null;

    private static IReadOnlyList<string> With(IReadOnlyList<string>? names, params string[] more) => [.. (names ?? []).Union(more, StringComparer.Ordinal)];
}
