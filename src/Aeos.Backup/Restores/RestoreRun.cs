using Aeos.Backup.Filters;
using Aeos.Backup.Hooks;
using Aeos.Backup.Reporting;
using Aeos.Backup.Restores.Applying;
using Aeos.Backup.Restores.Preparing;
using Aeos.Backup.Restores.Selecting;
using Aeos.Backup.Spool;
using Aeos.Encryption;
using Aeos.Kubernetes;
using Aeos.Velero.Archive;

namespace Aeos.Backup.Restores;

/// <summary>
/// One restore: the archive is read to its verified end and spooled, then applied in the order that objects need. Nothing reaches the cluster before.
/// </summary>
/// <param name="cluster">Where to. Its rate limit counts.</param>
/// <param name="options">What to do.</param>
/// <param name="volumes">Which volumes the backup has data of.</param>
/// <param name="outcome">Takes what comes of it, also when it does not come to its end.</param>
/// <param name="time">The clock.</param>
internal sealed class RestoreRun(KubernetesClient cluster, RestoreOptions options, VolumeData volumes, RestoreOutcome outcome, TimeProvider time)
{
    // Velero's, of archives that have each type in several versions.
    private const string FirstWithVersions = "1.1.0";

    /// <summary>Restores.</summary>
    /// <param name="archive">The archive, decrypted as it is read. Taken over.</param>
    /// <param name="log">Takes the log.</param>
    /// <param name="onProgress">Told how far it is; may be called by many threads.</param>
    /// <param name="beforeFinalizing">Asked once all is applied, before hooks in pods are awaited; null: nobody.</param>
    /// <param name="cancellationToken">Cancels it; what was applied stays.</param>
    /// <exception cref="AeosException">The archive was refused, and nothing was applied; or the cluster went away.</exception>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster cannot be reached or says no to discovery.</exception>
    public async Task RunAsync(
        Stream archive,
        OperationLog log,
        Action<RestoreProgress>? onProgress,
        Func<RestoreOutcome, CancellationToken, Task>? beforeFinalizing,
        CancellationToken cancellationToken)
    {
        await using var reader = new ArchiveReader(archive);
        await log.InfoAsync($"starting restore {options.Name} of backup {options.BackupName}", cancellationToken).ConfigureAwait(false);
        var sources = await RuleSources.ReadAsync(cluster, options, cancellationToken).ConfigureAwait(false);
        using var backup = await SpooledBackup.ReadAsync(
            reader, options.SpoolFolder, options.EnableApiGroupVersions, count => onProgress?.Invoke(new RestoreProgress(false, count, 0)), cancellationToken).ConfigureAwait(false);
        await log.InfoAsync($"the archive is verified to its end: {backup.Count} objects", cancellationToken).ConfigureAwait(false);
        if (backup.Count == 0)
        {
            outcome.Warnings.AddVelero("zero items to be restored: the backup holds nothing");
            return;
        }

        await using var hooks = new RestoreExecHooks(cluster, new RestoreHookPlan(options.Spec.Hooks), new RestoreHookJournal(outcome, new OperationJournal(log)), outcome.Hooks, time);
        using var context = new RestoreContext(options, cluster, backup, outcome, log, time)
        {
            Filter = new RestoreFilter(options.Spec),
            Rules = new ItemRules(options, sources with { Volumes = volumes }),
            Hooks = hooks,
        };
        await context.Types.RefreshAsync(cancellationToken).ConfigureAwait(false);
        context.Filter.Resolve(context.Types.Catalog);
        foreach (var warning in context.Types.Catalog.Warnings)
        {
            await context.Log.WarningAsync($"{warning.GroupVersion} is left out: {warning.Message}", cancellationToken).ConfigureAwait(false);
        }

        await ChooseVersionsAsync(context, cancellationToken).ConfigureAwait(false);
        await new RestoreFlow(context, onProgress).RunAsync(cancellationToken).ConfigureAwait(false);
        await WarnOfWhatIsMissingAsync(context, cancellationToken).ConfigureAwait(false);
        if (beforeFinalizing is not null)
        {
            await beforeFinalizing(outcome, cancellationToken).ConfigureAwait(false);
        }

        await FinalizeAsync(context, onProgress, cancellationToken).ConfigureAwait(false);
    }

    // A mistyped name restores nothing, which would look like success. Types are looked up at the end: restored definitions have brought their names.
    private static async Task WarnOfWhatIsMissingAsync(RestoreContext context, CancellationToken cancellationToken)
    {
        var (spec, backup) = (context.Options.Spec, context.Backup);
        var types = backup.Types.ToHashSet(StringComparer.Ordinal);
        var missing = new GlobSet(spec.IncludedNamespaces, null).Named.Where(name => !backup.HasNamespace(name))
            .Select(static name => $"the restore was asked to include the namespace {Printable.Quote(name)}, which is not in the backup")
            .Concat(new GlobSet(spec.IncludedResources, null).Named.Where(name => !types.Contains(TypeNames.Resolve(name, context.Types.Catalog)))
                .Select(static name => $"the restore was asked to include {Printable.Quote(name)}, which is no type that the cluster serves and the backup has"));
        foreach (var warning in missing)
        {
            context.Outcome.Warnings.AddVelero(warning);
            await context.Log.WarningAsync(warning, cancellationToken).ConfigureAwait(false);
        }
    }

    // What runs in restored pods is part of the restore.
    private static async Task FinalizeAsync(RestoreContext context, Action<RestoreProgress>? onProgress, CancellationToken cancellationToken)
    {
        foreach (var ignored in RestoreHookCheck.Ignored(context.Options.Spec.Hooks))
        {
            await context.Log.WarningAsync(ignored, cancellationToken).ConfigureAwait(false);
        }

        var pods = context.Hooks.Pending;
        if (pods > 0)
        {
            await context.Log.InfoAsync($"finalizing: hooks are awaited in {pods} {(pods == 1 ? "pod" : "pods")}", cancellationToken).ConfigureAwait(false);
        }

        await context.Hooks.CompleteAsync(
            left => onProgress?.Invoke(new RestoreProgress(true, Math.Max(0, pods - left), pods) { IsFinalizing = true }), cancellationToken).ConfigureAwait(false);
    }

    private async Task ChooseVersionsAsync(RestoreContext context, CancellationToken cancellationToken)
    {
        if (!options.EnableApiGroupVersions || string.CompareOrdinal(context.Backup.FormatVersion, FirstWithVersions) < 0)
        {
            return;
        }

        var wishes = await VersionWishes.ReadAsync(cluster, options.Namespace, cancellationToken).ConfigureAwait(false);
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in context.Backup.Types)
        {
            if (VersionChoice.Of(type, context.Backup.PreferredVersionOf(type), context.Backup.VersionsOf(type), context.Types.Catalog, wishes) is { } version)
            {
                chosen[type] = version;
                await context.Log.InfoAsync($"restoring {type} in {version}", cancellationToken).ConfigureAwait(false);
            }
        }

        context.Versions = chosen;
    }
}
