using Aeos.Backup.Filters;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>What Velero refuses to back up before it begins (Velero 1.18, prepareBackupRequest in pkg/controller/backup_controller.go), and what Aeos cannot do.</summary>
internal static class BackupValidation
{
    private const string BuiltInDatamover = "velero";

    /// <summary>All that is wrong with what was asked for, as far as it shows without the cluster; empty: nothing.</summary>
    public static IReadOnlyList<string> Check(BackupSpec spec)
    {
        var problems = new List<string>((spec.Others ?? []).Keys.Select(static field => $"spec.{field} is not known"));
        if (spec.Metadata is not null)
        {
            problems.Add("spec.metadata is for the backups of a Schedule");
        }

        if (UsesOldFilters(spec) && UsesScopedFilters(spec))
        {
            problems.Add(
                "includedResources, excludedResources and includeClusterResources are old filters and cannot be used together with the scoped ones: "
                + "includedClusterScopedResources, excludedClusterScopedResources, includedNamespaceScopedResources and excludedNamespaceScopedResources");
        }

        problems.AddRange(FilterRules.Lists(spec.IncludedResources, spec.ExcludedResources).Select(static problem => $"Invalid included/excluded resource lists: {problem}"));
        problems.AddRange(FilterRules.ScopedLists(spec.IncludedClusterScopedResources, spec.ExcludedClusterScopedResources)
            .Select(static problem => $"Invalid cluster-scoped included/excluded resource lists: {problem}"));
        problems.AddRange(FilterRules.ScopedLists(spec.IncludedNamespaceScopedResources, spec.ExcludedNamespaceScopedResources)
            .Select(static problem => $"Invalid namespace-scoped included/excluded resource lists: {problem}"));
        problems.AddRange(CheckNamespaces(spec));
        problems.AddRange(FilterRules.Selectors(spec.LabelSelector, spec.OrLabelSelectors));
        problems.AddRange(CheckDurations(spec));
        problems.AddRange(CheckVolumeData(spec));
        if (spec.ResourcePolicy is { } policy && !policy.Kind.Equals("configmap", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add($"resourcePolicy is of the kind \"{policy.Kind}\": resource policies are read from a ConfigMap");
        }

        return problems;
    }

    /// <summary>What is wrong with the namespaces alone.</summary>
    public static IEnumerable<string> CheckNamespaces(BackupSpec spec)
        => FilterRules.Namespaces(spec.IncludedNamespaces, spec.ExcludedNamespaces).Select(static problem => $"Invalid included/excluded namespace lists: {problem}");

    /// <summary>Whether the older filters decide about types; without any filter the scoped ones do.</summary>
    public static bool UsesOldFilters(BackupSpec spec)
        => spec.IncludeClusterResources is not null || spec.IncludedResources is { Count: > 0 } || spec.ExcludedResources is { Count: > 0 };

    private static bool UsesScopedFilters(BackupSpec spec)
        => spec.IncludedClusterScopedResources is { Count: > 0 } || spec.ExcludedClusterScopedResources is { Count: > 0 }
            || spec.IncludedNamespaceScopedResources is { Count: > 0 } || spec.ExcludedNamespaceScopedResources is { Count: > 0 };

    private static IEnumerable<string> CheckDurations(BackupSpec spec)
    {
        foreach (var (field, text) in ((string, string?)[])[("ttl", spec.Ttl), ("csiSnapshotTimeout", spec.CsiSnapshotTimeout), ("itemOperationTimeout", spec.ItemOperationTimeout)])
        {
            if (text is not null && (!DurationText.TryParse(text, out var duration) || duration < TimeSpan.Zero))
            {
                yield return $"{field} is \"{text}\", which is no duration such as 720h0m0s";
            }
        }
    }

    // Said rather than passed over: Aeos backs up no volume's data.
    private static IEnumerable<string> CheckVolumeData(BackupSpec spec)
    {
        var asked = new (string Field, bool IsAsked)[]
        {
            ("snapshotVolumes", spec.SnapshotVolumes == true),
            ("snapshotMoveData", spec.SnapshotMoveData == true),
            ("defaultVolumesToFsBackup", spec.DefaultVolumesToFsBackup == true),
            ("defaultVolumesToRestic", spec.DefaultVolumesToRestic == true),
            ("volumeSnapshotLocations", spec.VolumeSnapshotLocations is { Count: > 0 }),
            ("volumeGroupSnapshotLabelKey", spec.VolumeGroupSnapshotLabelKey is { Length: > 0 }),
            ("datamover", spec.Datamover is not (null or "" or BuiltInDatamover)),
            ("uploaderConfig", spec.UploaderConfig is { ParallelFilesUpload: > 0 } or { Others.Count: > 0 }),
        };
        return asked.Where(static one => one.IsAsked).Select(static one => $"{one.Field} is given, but the data of volumes is not backed up here: claims and volumes are, as objects");
    }
}
