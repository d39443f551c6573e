using Aeos.Backup.Backups.Selecting;
using Aeos.Backup.Filters;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups;

/// <summary>The objects of one type, being listed while those of other types are written.</summary>
internal sealed class TypeListing : IAsyncDisposable
{
    private readonly KubernetesClient _cluster;
    private readonly BackupPlan _plan;
    private readonly CancellationTokenSource _stop;
    private readonly ItemQueue _items = new();
    private readonly List<(string, KubernetesException)> _failures = [];
    private readonly Task _work;

    private TypeListing(KubernetesClient cluster, TypeStep step, BackupPlan plan, CancellationToken cancellationToken)
    {
        _cluster = cluster;
        _plan = plan;
        Step = step;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _work = Task.Run(() => ListAsync(_stop.Token), CancellationToken.None);
    }

    /// <summary>The type.</summary>
    public TypeStep Step { get; }

    /// <summary>The namespaces whose lists failed, and why; the empty one is all. Complete once the objects have been read.</summary>
    public IReadOnlyList<(string Namespace, KubernetesException Failure)> Failures => _failures;

    /// <summary>Begins to list.</summary>
    public static TypeListing Begin(KubernetesClient cluster, TypeStep step, BackupPlan plan, CancellationToken cancellationToken) => new(cluster, step, plan, cancellationToken);

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
            foreach (var @namespace in Namespaces())
            {
                try
                {
                    await ListAsync(@namespace, cancellationToken).ConfigureAwait(false);
                }
                catch (KubernetesException e)
                {
                    _failures.Add((@namespace, e));
                    if (e is not KubernetesApiException)
                    {
                        // Nobody answers: the next namespace would not either.
                        break;
                    }
                }
            }

            _items.Complete(null);
        }
        catch (Exception e)
        {
            _items.Complete(e);
        }
    }

    // In the order of the API's own keys; one list has all of them, where all are in.
    private IEnumerable<string> Namespaces() => !Step.Type.Namespaced || _plan.Namespaces.IsEverywhere ? [""]
        : _plan.Namespaces.Included.Where(_plan.Namespaces.Includes).OrderBy(static name => $"{name}/", StringComparer.Ordinal);

    private async Task ListAsync(string @namespace, CancellationToken cancellationToken)
    {
        if (_plan.Selectors.Count == 0)
        {
            await ListAsync(@namespace, null, [], cancellationToken).ConfigureAwait(false);
            return;
        }

        for (var i = 0; i < _plan.Selectors.Count; i++)
        {
            await ListAsync(@namespace, _plan.Selectors[i], [.. _plan.Selectors.Take(i)], cancellationToken).ConfigureAwait(false);
        }
    }

    // An object that an earlier selector had is not taken again.
    private async Task ListAsync(string @namespace, Selector? selector, Selector[] earlier, CancellationToken cancellationToken)
    {
        var list = _cluster.List(Step.Type, new ListOptions { Namespace = @namespace, LabelSelector = selector?.Query });
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
