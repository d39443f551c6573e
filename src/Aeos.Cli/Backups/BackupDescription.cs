using Aeos.Cli.Listings;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>A backup in the form of Velero's <c>describe</c>, with what its document says of encryption.</summary>
internal static class BackupDescription
{
    /// <param name="document">The backup's document.</param>
    /// <param name="results">Its errors and warnings.</param>
    /// <param name="archive">What its archive is, by its first bytes; null: nobody looked.</param>
    public static Description Of(BackupDocument document, Companion results, string? archive)
    {
        var (metadata, spec, status) = (document.Metadata, document.Spec, document.Status);
        var description = new Description()
            .AddMetadata(metadata)
            .Space()
            .AddPhase(status.Phase, status.Phase is BackupPhase.Failed or BackupPhase.PartiallyFailed, $"aeos backup logs {metadata.Name}");
        if (status.Phase == BackupPhase.Queued)
        {
            description.Number("Queue position", status.QueuePosition);
        }

        if (spec.ResourcePolicy is { } policy)
        {
            description.Space().Line("Resource policies:").Field("Type", policy.Kind, 1).Field("Name", policy.Name, 1);
        }

        description.AddProblems(status.ValidationErrors, status.FailureReason).AddResults(results);
        AddEncryption(description.Space(), status, archive);
        AddSpec(description.Space(), spec);
        AddStatus(description.Space(), status);
        return description;
    }

    private static void AddEncryption(Description description, BackupStatus status, string? archive)
    {
        description.Field("Encrypted", SaidEncryption.Field(status));
        if (status.Encryption is { IsEncrypted: true } how)
        {
            description.Field("Format", how.Format ?? EncryptionStatus.AesGcmFormat, 1)
                .Field("Scope", how.Scope ?? "archive", 1)
                .Field("Key from", how.KeyRetrieverType, 1)
                .Pairs("Key is", how.KeyRetrieverConfig, 1);
        }

        if (archive is not null)
        {
            description.Field("Archive", archive, 1);
        }
    }

    /// <summary>What is in the backup, as its spec says.</summary>
    public static void AddSpec(Description description, BackupSpec spec)
    {
        description.Line("Namespaces:").Names("Included", spec.IncludedNamespaces, "*", 1).Names("Excluded", spec.ExcludedNamespaces, depth: 1).Space().Line("Resources:");
        AddTypes(description, spec);
        description
            .Space()
            .AddSelectors(spec.LabelSelector, spec.OrLabelSelectors)
            .Space()
            .Field("Storage Location", spec.StorageLocation)
            .Space()
            .Switch("Velero-Native Snapshot PVs", spec.SnapshotVolumes)
            .Switch("Snapshot Move Data", spec.SnapshotMoveData)
            .Field("Data Mover", spec.Datamover is { Length: > 0 } mover ? mover : "velero")
            .Space()
            .Field("TTL", spec.Ttl)
            .Space()
            .Field("CSISnapshotTimeout", spec.CsiSnapshotTimeout)
            .Field("ItemOperationTimeout", spec.ItemOperationTimeout)
            .Space();
        AddHooks(description, spec.Hooks);
        if (spec.OrderedResources is { Count: > 0 } ordered)
        {
            description.Space().Line("OrderedResources:");
            foreach (var (type, names) in ordered.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                description.Line($"{type}: {names}", 1);
            }
        }
    }

    // Without any filter the older ones are shown, as Velero does it.
    private static void AddTypes(Description description, BackupSpec spec)
    {
        if ((spec.IncludedClusterScopedResources ?? spec.ExcludedClusterScopedResources ?? spec.IncludedNamespaceScopedResources ?? spec.ExcludedNamespaceScopedResources) is null)
        {
            description
                .Names("Included", spec.IncludedResources, "*", 1)
                .Names("Excluded", spec.ExcludedResources, depth: 1)
                .AddClusterScope(spec.IncludeClusterResources);
            return;
        }

        description
            .Names("Included cluster-scoped", spec.IncludedClusterScopedResources, depth: 1)
            .Names("Excluded cluster-scoped", spec.ExcludedClusterScopedResources, depth: 1)
            .Names("Included namespace-scoped", spec.IncludedNamespaceScopedResources, "*", 1)
            .Names("Excluded namespace-scoped", spec.ExcludedNamespaceScopedResources, depth: 1);
    }

    private static void AddHooks(Description description, BackupHooks? hooks)
    {
        if (hooks?.Resources is not { Count: > 0 } resources)
        {
            description.Field("Hooks", null);
            return;
        }

        description.Line("Hooks:").Line("Resources:", 1);
        foreach (var hook in resources)
        {
            description.Line($"{hook.Name}:", 2)
                .Names("Namespaces", hook.IncludedNamespaces, "*", 3)
                .Names("Not in namespaces", hook.ExcludedNamespaces, depth: 3)
                .Field("Label selector", SelectorText.Of(hook.LabelSelector), 3)
                .Lines("Pre Exec Hooks", Commands(hook.PreHooks), 3)
                .Lines("Post Exec Hooks", Commands(hook.PostHooks), 3);
        }
    }

    private static string[] Commands(IReadOnlyList<BackupResourceHook>? hooks) => [.. (hooks ?? []).Select(static hook => string.Join(' ', hook.Exec?.Command ?? []))];

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
            .Number("Total items to be backed up", status.Progress?.TotalItems)
            .Number("Items backed up", status.Progress?.ItemsBackedUp)
            .AddHookStatus(status.HookStatus);
    }
}
