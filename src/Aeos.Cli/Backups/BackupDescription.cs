using System.Globalization;
using Aeos.Cli.Listings;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>A backup in the form of Velero's <c>describe</c>, with what its document says of encryption.</summary>
internal static class BackupDescription
{
    /// <param name="document">The backup's document.</param>
    /// <param name="results">Its errors and warnings; null: there are none.</param>
    /// <param name="archive">What its archive is, by its first bytes.</param>
    public static Description Of(BackupDocument document, OperationResults? results, string archive)
    {
        var (metadata, spec, status) = (document.Metadata, document.Spec, document.Status);
        var description = new Description()
            .Field("Name", metadata.Name)
            .Field("Namespace", metadata.Namespace)
            .Pairs("Labels", metadata.Labels)
            .Pairs("Annotations", metadata.Annotations)
            .Space()
            .Field("Phase", $"{status.Phase ?? "New"}{(status.Phase is BackupPhase.Failed or BackupPhase.PartiallyFailed ? $" (run \"aeos backup logs {metadata.Name}\" for more information)" : "")}");
        description.AddResults(results);
        AddEncryption(description.Space(), status.Encryption, archive);
        AddSpec(description.Space(), spec);
        AddStatus(description.Space(), status);
        return description;
    }

    private static void AddEncryption(Description description, EncryptionStatus? how, string archive)
    {
        if (how is not { IsEncrypted: true })
        {
            description.Field("Encrypted", "no, as the backup's document says").Field("Archive", archive, 1);
            return;
        }

        description.Field("Encrypted", "yes, as the backup's document says")
            .Field("Format", how.Format ?? EncryptionStatus.AesGcmFormat, 1)
            .Field("Key from", how.KeyRetrieverType, 1)
            .Pairs("Key is", how.KeyRetrieverConfig, 1)
            .Field("Archive", archive, 1);
    }

    private static void AddSpec(Description description, BackupSpec spec) => description
        .Line("Namespaces:")
        .Names("Included", spec.IncludedNamespaces, "*", 1)
        .Names("Excluded", spec.ExcludedNamespaces, depth: 1)
        .Space()
        .Line("Resources:")
        .Names("Included", spec.IncludedResources, "*", 1)
        .Names("Excluded", spec.ExcludedResources, depth: 1)
        .Field("Cluster-scoped", spec.IncludeClusterResources switch { true => "included", false => "excluded", null => "auto" }, 1)
        .Space()
        .Field("Label selector", SelectorText.Of(spec.LabelSelector))
        .Space()
        .Field("Or label selector", SelectorText.Of(spec.OrLabelSelectors))
        .Space()
        .Field("Storage Location", spec.StorageLocation)
        .Space()
        .Field("Velero-Native Snapshot PVs", spec.SnapshotVolumes switch { true => "true", false => "false", null => "auto" })
        .Space()
        .Field("TTL", spec.Ttl)
        .Space()
        .Names("Hooks", [.. (spec.Hooks?.Resources ?? []).Select(static hook => hook.Name)]);

    private static void AddStatus(Description description, BackupStatus status)
    {
        description
            .Field("Backup Format Version", status.FormatVersion)
            .Space()
            .Field("Started", TimeText.Of(status.StartTimestamp))
            .Field("Completed", TimeText.Of(status.CompletionTimestamp))
            .Space()
            .Field("Expiration", TimeText.Of(status.Expiration))
            .Space()
            .Field("Total items to be backed up", Number(status.Progress?.TotalItems))
            .Field("Items backed up", Number(status.Progress?.ItemsBackedUp));
        if (status.HookStatus is { } hooks)
        {
            description.Space().Field("HooksAttempted", Number(hooks.HooksAttempted ?? 0)).Field("HooksFailed", Number(hooks.HooksFailed ?? 0));
        }
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
