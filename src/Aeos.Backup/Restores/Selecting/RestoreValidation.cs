using Aeos.Backup.Filters;
using Aeos.Backup.Hooks;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Selecting;

/// <summary>What Velero refuses to restore before it begins (Velero 1.18, validateAndComplete in pkg/controller/restore_controller.go), and what Aeos cannot do.</summary>
internal static class RestoreValidation
{
    /// <summary>All that is wrong with what was asked for; empty: nothing.</summary>
    public static IReadOnlyList<string> Check(RestoreSpec spec)
    {
        var problems = new List<string>();
        problems.AddRange((spec.Others ?? []).Keys.Select(static field => $"spec.{field} is not known"));
        problems.AddRange((spec.IncludedResources ?? []).Where(NeverRestored.Includes).Select(static type => $"{type} are non-restorable resources"));
        problems.AddRange(FilterRules.Lists(spec.IncludedResources, spec.ExcludedResources).Select(static problem => $"Invalid included/excluded resource lists: {problem}"));
        problems.AddRange(FilterRules.Lists(spec.IncludedNamespaces, spec.ExcludedNamespaces).Select(static problem => $"Invalid included/excluded namespace lists: {problem}"));
        problems.AddRange(FilterRules.Lists(spec.RestoreStatus?.IncludedResources, spec.RestoreStatus?.ExcludedResources)
            .Select(static problem => $"Invalid included/excluded restoreStatus lists: {problem}"));
        if (string.IsNullOrEmpty(spec.BackupName) == string.IsNullOrEmpty(spec.ScheduleName))
        {
            problems.Add("Either a backup or schedule must be specified as a source for the restore, but not both");
        }

        if (spec.ExistingResourcePolicy is not (null or "" or ExistingResourcePolicies.None or ExistingResourcePolicies.Update))
        {
            problems.Add($"Invalid ExistingResourcePolicy: {spec.ExistingResourcePolicy} (none and update are known)");
        }

        if (spec.ItemOperationTimeout is { } timeout && !DurationText.TryParse(timeout, out _))
        {
            problems.Add($"itemOperationTimeout is \"{timeout}\", which is not a duration such as 4h or 90s");
        }

        problems.AddRange((spec.NamespaceMapping ?? new Dictionary<string, string>()).Where(static pair => !DnsName.IsLabel(pair.Value))
            .Select(static pair => $"namespaceMapping maps {pair.Key} to \"{pair.Value}\", which is not the name of a namespace"));
        problems.AddRange(FilterRules.Selectors(spec.LabelSelector, spec.OrLabelSelectors));
        problems.AddRange(RestoreHookCheck.Problems(spec.Hooks));
        problems.AddRange(CheckVolumeData(spec));
        return problems;
    }

    // Said rather than passed over: Aeos restores no volume's data.
    private static IEnumerable<string> CheckVolumeData(RestoreSpec spec)
    {
        if (spec.RestorePVs == true)
        {
            yield return "restorePVs is true, but volumes are not restored from snapshots here: claims get new, empty volumes";
        }

        if (spec.UploaderConfig is { WriteSparseFiles: true } or { ParallelFilesDownload: > 0 })
        {
            yield return "uploaderConfig is given, but volumes' data is not restored here";
        }
    }
}
