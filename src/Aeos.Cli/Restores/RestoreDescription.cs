using System.Globalization;
using Aeos.Cli.Listings;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>A restore in the form of Velero's <c>describe</c>.</summary>
internal static class RestoreDescription
{
    private const string AllNamespaces = "all namespaces found in the backup";

    public static Description Of(RestoreDocument document, Action<Description> addResults)
    {
        var (metadata, spec, status) = (document.Metadata, document.Spec, document.Status);
        var description = new Description()
            .Field("Name", metadata.Name)
            .Field("Namespace", metadata.Namespace)
            .Pairs("Labels", metadata.Labels)
            .Pairs("Annotations", metadata.Annotations)
            .Space()
            .Field("Phase", $"{status.Phase ?? "New"}{(status.Phase is RestorePhase.Failed or RestorePhase.PartiallyFailed ? $" (run \"aeos restore logs {metadata.Name}\" for more information)" : "")}")
            .Field("Total items to be restored", Number(status.Progress?.TotalItems))
            .Field("Items restored", Number(status.Progress?.ItemsRestored))
            .Space()
            .Field("Started", TimeText.Of(status.StartTimestamp))
            .Field("Completed", TimeText.Of(status.CompletionTimestamp));
        if (status.FailureReason is { Length: > 0 } reason)
        {
            description.Space().Field("Failure reason", reason);
        }

        addResults(description);
        AddSpec(description.Space(), spec);
        if (status.HookStatus is { } hooks)
        {
            description.Space().Field("HooksAttempted", Number(hooks.HooksAttempted ?? 0)).Field("HooksFailed", Number(hooks.HooksFailed ?? 0));
        }

        return description;
    }

    private static void AddSpec(Description description, RestoreSpec spec)
    {
        description
            .Field("Backup", spec.BackupName)
            .Space()
            .Line("Namespaces:")
            .Names("Included", spec.IncludedNamespaces is ["*"] ? null : spec.IncludedNamespaces, AllNamespaces, 1)
            .Names("Excluded", spec.ExcludedNamespaces, depth: 1)
            .Space()
            .Line("Resources:")
            .Names("Included", spec.IncludedResources, "*", 1)
            .Names("Excluded", spec.ExcludedResources, depth: 1)
            .Field("Cluster-scoped", spec.IncludeClusterResources switch { true => "included", false => "excluded", null => "auto" }, 1)
            .Space()
            .Pairs("Namespace mappings", spec.NamespaceMapping)
            .Space()
            .Field("Label selector", SelectorText.Of(spec.LabelSelector))
            .Space()
            .Field("Or label selector", SelectorText.Of(spec.OrLabelSelectors))
            .Space()
            .Field("Restore PVs", Switch(spec.RestorePVs))
            .Space()
            .Field("Existing Resource Policy", spec.ExistingResourcePolicy)
            .Field("ItemOperationTimeout", spec.ItemOperationTimeout)
            .Space()
            .Field("Preserve Service NodePorts", Switch(spec.PreserveNodePorts));
        if (spec.ResourceModifier is { } modifier)
        {
            description.Space().Line("Resource modifier:").Field("Type", modifier.Kind, 1).Field("Name", modifier.Name, 1);
        }
    }

    private static string Switch(bool? value) => value switch { true => "true", false => "false", null => "auto" };

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
