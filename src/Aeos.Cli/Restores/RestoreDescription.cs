using Aeos.Cli.Listings;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>A restore in the form of Velero's <c>describe</c>.</summary>
internal static class RestoreDescription
{
    private const string AllNamespaces = "all namespaces found in the backup";

    /// <param name="document">The restore's document.</param>
    /// <param name="results">Its errors and warnings.</param>
    public static Description Of(RestoreDocument document, Companion results)
    {
        var (metadata, spec, status) = (document.Metadata, document.Spec, document.Status);
        var description = new Description()
            .AddMetadata(metadata)
            .Space()
            .AddPhase(status.Phase, status.Phase is RestorePhase.Failed or RestorePhase.PartiallyFailed, $"aeos restore logs {metadata.Name}")
            .Number("Total items to be restored", status.Progress?.TotalItems)
            .Number("Items restored", status.Progress?.ItemsRestored)
            .Space()
            .Field("Started", TimeText.Of(status.StartTimestamp))
            .Field("Completed", TimeText.Of(status.CompletionTimestamp));
        description.AddProblems(status.ValidationErrors, status.FailureReason).AddResults(results);
        AddSpec(description.Space(), spec);
        return description.AddHookStatus(status.HookStatus);
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
            .AddClusterScope(spec.IncludeClusterResources)
            .Space()
            .Pairs("Namespace mappings", spec.NamespaceMapping)
            .Space()
            .AddSelectors(spec.LabelSelector, spec.OrLabelSelectors)
            .Space()
            .Switch("Restore PVs", spec.RestorePVs)
            .Space()
            .Field("Existing Resource Policy", spec.ExistingResourcePolicy)
            .Field("ItemOperationTimeout", spec.ItemOperationTimeout)
            .Space()
            .Switch("Preserve Service NodePorts", spec.PreserveNodePorts);
        if (spec.ResourceModifier is { } modifier)
        {
            description.Space().Line("Resource modifier:").Field("Type", modifier.Kind, 1).Field("Name", modifier.Name, 1);
        }
    }
}
