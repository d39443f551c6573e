using Aeos.Backup.Backups.Selecting;
using Aeos.Backup.Filters;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups;

/// <summary>The objects of one type in one namespace, or in all, being listed while others are written.</summary>
internal sealed class ItemListing : IAsyncDisposable
{
    private readonly KubernetesClient _cluster;
    private readonly BackupPlan _plan;
    private readonly CancellationTokenSource _stop;
    private readonly ItemQueue _items = new();
    private readonly Task _work;

    private ItemListing(KubernetesClient cluster, TypeStep step, string @namespace, BackupPlan plan, CancellationToken cancellationToken)
    {
        (_cluster, _plan) = (cluster, plan);
        (Step, Namespace) = (step, @namespace);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _work = Task.Run(() => ListAsync(_stop.Token), CancellationToken.None);
    }

    /// <summary>The type.</summary>
    public TypeStep Step { get; }

    /// <summary>The namespace; empty: all, or none.</summary>
    public string Namespace { get; }

    /// <summary>Why it did not come to its end; known once the objects have been read.</summary>
    public KubernetesException? Failure { get; private set; }

    /// <summary>Begins to list.</summary>
    public static ItemListing Begin(KubernetesClient cluster, TypeStep step, string @namespace, BackupPlan plan, CancellationToken cancellationToken)
        => new(cluster, step, @namespace, plan, cancellationToken);

    /// <summary>The objects, as they come.</summary>
    public IAsyncEnumerable<KubernetesObject> ReadAsync(CancellationToken cancellationToken) => _items.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _stop.Dispose();
        _items.Dispose();
    }

    // Never throws: what is no failure of a list goes to whoever reads.
    private async Task ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ListSelectedAsync(cancellationToken).ConfigureAwait(false);
            _items.Complete(null);
        }
        catch (KubernetesException e)
        {
            Failure = e;
            _items.Complete(null);
        }
        catch (Exception e)
        {
            _items.Complete(e);
        }
    }

    private async Task ListSelectedAsync(CancellationToken cancellationToken)
    {
        if (_plan.Selectors.Count == 0)
        {
            await ListAsync(null, [], cancellationToken).ConfigureAwait(false);
            return;
        }

        for (var i = 0; i < _plan.Selectors.Count; i++)
        {
            await ListAsync(_plan.Selectors[i], [.. _plan.Selectors.Take(i)], cancellationToken).ConfigureAwait(false);
        }
    }

    // An object that an earlier selector had is not taken again.
    private async Task ListAsync(Selector? selector, Selector[] earlier, CancellationToken cancellationToken)
    {
        var list = _cluster.List(Step.Type, new ListOptions { Namespace = Namespace, LabelSelector = selector?.Query });
        var (last, isSorted) = ("", true);
        await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var key = $"{item.Namespace}/{item.Name}";
            var isLater = string.CompareOrdinal(key, last) > 0;
            if (list.Consistency == ListConsistency.Restarted)
            {
                // A list that had to begin anew brings again what was there already; API servers sort, so that is what is not later.
                if (!isSorted)
                {
                    throw new KubernetesException(
                        $"the list of {Step.Type} expired, and its server does not sort it: what was there already cannot be told from the rest",
                        "Try again when the API server is less busy.");
                }

                if (!isLater)
                {
                    continue;
                }
            }

            (last, isSorted) = (isLater ? key : last, isSorted && isLater);
            if (!Array.Exists(earlier, one => one.Matches(item.Metadata.Labels)))
            {
                await _items.AddAsync(item, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
