using System.Collections.Concurrent;
using Aeos.Backup.Reporting;
using Aeos.Backup.Restores.Applying;
using Aeos.Backup.Restores.Preparing;
using Aeos.Backup.Restores.Selecting;
using Aeos.Backup.Spool;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Velero.Archive;

namespace Aeos.Backup.Restores;

/// <summary>
/// One restore: the archive is read to its verified end and spooled, then applied in the order that objects need. Nothing reaches the cluster before.
/// </summary>
/// <param name="cluster">Where to. Its rate limit counts.</param>
/// <param name="options">What to do.</param>
/// <param name="time">The clock.</param>
public sealed class RestoreRun(KubernetesClient cluster, RestoreOptions options, TimeProvider time)
{
    private const int Passes = 5;

    private static readonly TimeSpan PauseBetweenPasses = TimeSpan.FromMilliseconds(500);

    /// <summary>Restores.</summary>
    /// <param name="archive">The archive, decrypted as it is read. Taken over.</param>
    /// <param name="log">Takes the log.</param>
    /// <param name="onProgress">Told how far it is; may be called by many threads.</param>
    /// <param name="cancellationToken">Cancels it; what was applied stays.</param>
    /// <exception cref="AeosException">The archive was refused: nothing was applied.</exception>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster cannot be reached or says no to discovery.</exception>
    public async Task<RestoreOutcome> RunAsync(Stream archive, OperationLog log, Action<RestoreProgress>? onProgress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(log);

        // A wrong filter is refused before the work begins.
        var filter = new RestoreFilter(options.Spec, new ApiCatalog([], []));
        await using var reader = new ArchiveReader(archive);
        await log.InfoAsync($"starting restore {options.Name} of backup {options.BackupName}", cancellationToken).ConfigureAwait(false);
        var rules = new ItemRules(options, await RuleSources.ReadAsync(cluster, options, cancellationToken).ConfigureAwait(false));
        using var backup = await SpooledBackup.ReadAsync(
            reader, options.SpoolFolder, count => onProgress?.Invoke(new RestoreProgress(false, count, 0)), cancellationToken).ConfigureAwait(false);
        await log.InfoAsync($"the archive is verified to its end: {backup.Count} objects", cancellationToken).ConfigureAwait(false);
        var context = new RestoreContext(options, cluster, backup, log, time) { Filter = filter, Rules = rules };
        await ApplyAsync(context, onProgress, cancellationToken).ConfigureAwait(false);
        return context.Outcome;
    }

    private async Task ApplyAsync(RestoreContext context, Action<RestoreProgress>? onProgress, CancellationToken cancellationToken)
    {
        await context.Types.RefreshAsync(cancellationToken).ConfigureAwait(false);
        context.Filter.Resolve(context.Types.Catalog);
        foreach (var warning in context.Types.Catalog.Warnings)
        {
            await context.Log.WarningAsync($"{warning}", cancellationToken).ConfigureAwait(false);
        }

        if (context.Backup.Count == 0)
        {
            context.Outcome.Warnings.AddVelero("the backup holds nothing: zero items to be restored");
            return;
        }

        var namespaces = new NamespaceRestorer(context);
        var items = new ItemRestorer(context, namespaces);
        var waiting = new ConcurrentQueue<ItemKey>();
        var done = 0;
        var total = context.Order().SelectMany(type => Select(context, type)).Count();
        context.Outcome.Total = total;
        foreach (var type in context.Order())
        {
            await RestoreTypeAsync(type, isLastTry: false).ConfigureAwait(false);
            if (type == ResourceOrder.Definitions)
            {
                await new DefinitionRestorer(context).AwaitAsync([.. Select(context, type).Select(static key => key.Name)], cancellationToken).ConfigureAwait(false);
                context.Filter.Resolve(context.Types.Catalog);
                context.Outcome.Total = total = context.Order().SelectMany(type => Select(context, type)).Count();
            }
        }

        for (var pass = 2; pass <= Passes && !waiting.IsEmpty; pass++)
        {
            // What is missing may be on its way: a definition's endpoint, a webhook's pod.
            await Task.Delay(PauseBetweenPasses * (pass - 1), context.Time, cancellationToken).ConfigureAwait(false);
            await context.Types.RefreshAsync(cancellationToken).ConfigureAwait(false);
            var again = waiting.ToArray();
            waiting.Clear();
            await RestoreItemsAsync(again, isLastTry: pass == Passes).ConfigureAwait(false);
        }

        async Task RestoreTypeAsync(string type, bool isLastTry)
        {
            if (type != ResourceOrder.Namespaces)
            {
                await RestoreItemsAsync(Select(context, type), isLastTry).ConfigureAwait(false);
                return;
            }

            foreach (var key in Select(context, type))
            {
                await namespaces.EnsureAsync(key.Name, cancellationToken).ConfigureAwait(false);
                onProgress?.Invoke(new RestoreProgress(true, Interlocked.Increment(ref done), total));
            }
        }

        Task RestoreItemsAsync(IEnumerable<ItemKey> keys, bool isLastTry) => Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellationToken },
            async (key, token) =>
            {
                if (await items.RestoreAsync(key, isLastTry, token).ConfigureAwait(false))
                {
                    onProgress?.Invoke(new RestoreProgress(true, Interlocked.Increment(ref done), total));
                }
                else
                {
                    waiting.Enqueue(key);
                }
            });
    }

    private static IEnumerable<ItemKey> Select(RestoreContext context, string type)
    {
        if (!context.Filter.IncludesType(type))
        {
            return [];
        }

        return context.Backup.Of(type)
            .Where(scope => context.Filter.IncludesScope(type, scope.Key))
            .SelectMany(scope => scope.Value.Keys.Select(name => new ItemKey(type, scope.Key, name)));
    }
}
