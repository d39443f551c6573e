using Aeos.Backup.Filters;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>The objects of one type, being listed while those of other types are written.</summary>
internal sealed class TypeListing : IAsyncDisposable
{
    private readonly KubernetesClient _cluster;
    private readonly CancellationTokenSource _stop;
    private readonly ItemQueue _items = new();
    private readonly Task _work;

    private TypeListing(KubernetesClient cluster, ApiResource type, BackupSpec spec, IReadOnlyList<string>? namespaces, CancellationToken cancellationToken)
    {
        _cluster = cluster;
        Type = type;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _work = Task.Run(() => ListAsync(spec, namespaces, _stop.Token), CancellationToken.None);
    }

    /// <summary>The type.</summary>
    public ApiResource Type { get; }

    /// <summary>Begins to list.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="type">The type.</param>
    /// <param name="spec">The backup's selectors.</param>
    /// <param name="namespaces">The namespaces, for types that have some; null: all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TypeListing Begin(
        KubernetesClient cluster, ApiResource type, BackupSpec spec, IReadOnlyList<string>? namespaces, CancellationToken cancellationToken)
        => new(cluster, type, spec, namespaces, cancellationToken);

    /// <summary>The objects, as they come; a list that failed throws after its last.</summary>
    public IAsyncEnumerable<KubernetesObject> ReadAsync(CancellationToken cancellationToken) => _items.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _stop.Dispose();
        _items.Dispose();
    }

    // Never throws: what failed goes to whoever reads.
    private async Task ListAsync(BackupSpec spec, IReadOnlyList<string>? namespaces, CancellationToken cancellationToken)
    {
        try
        {
            var selectors = SelectorsOf(spec);
            foreach (var @namespace in Type.Namespaced && namespaces is not null ? namespaces : [""])
            {
                for (var i = 0; i < selectors.Count; i++)
                {
                    await ListAsync(@namespace, selectors[i], [.. selectors.Take(i).OfType<Selector>()], cancellationToken).ConfigureAwait(false);
                }
            }

            _items.Complete(null);
        }
        catch (Exception e)
        {
            _items.Complete(e);
        }
    }

    // Null stands for no selector.
    private static List<Selector?> SelectorsOf(BackupSpec spec)
    {
        if (spec.LabelSelector is not null)
        {
            return [new Selector(spec.LabelSelector)];
        }

        return spec.OrLabelSelectors is { Count: > 0 } several ? [.. several.Select(static one => new Selector(one))] : [null];
    }

    // An object that an earlier selector had is not taken again.
    private async Task ListAsync(string @namespace, Selector? selector, Selector[] earlier, CancellationToken cancellationToken)
    {
        var list = _cluster.List(Type, new ListOptions { Namespace = @namespace, LabelSelector = selector?.Query });
        var (last, isSorted) = ("", true);
        await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var key = $"{item.Namespace}/{item.Name}";
            var isLater = string.CompareOrdinal(key, last) > 0;

            // A list that had to begin anew brings again what was there already; API servers sort, so that is what is not later.
            if (!isLater && isSorted && list.Consistency == ListConsistency.Restarted)
            {
                continue;
            }

            (last, isSorted) = (isLater ? key : last, isSorted && isLater);
            if (!Array.Exists(earlier, one => one.Matches(item.Metadata.Labels)))
            {
                await _items.AddAsync(item, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
