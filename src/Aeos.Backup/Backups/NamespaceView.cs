using Aeos.Backup.Filters;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>The cluster's namespaces when the backup began, and which of them it is about. Holds names, not objects.</summary>
internal sealed class NamespaceView
{
    private readonly GlobSet _filter;
    private readonly BackupSpec _spec;
    private readonly Dictionary<string, bool> _active = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withItems = new(StringComparer.Ordinal);

    private NamespaceView(GlobSet filter, BackupSpec spec)
    {
        _filter = filter;
        _spec = spec;
    }

    /// <summary>The names, sorted, of those that are not Active and would be in the backup.</summary>
    public IEnumerable<string> LeftOut => _active.Where(pair => !pair.Value && _filter.Includes(pair.Key)).Select(pair => pair.Key).Order(StringComparer.Ordinal);

    /// <summary>The names that were asked for and are not there.</summary>
    public IEnumerable<string> Missing => _filter.Named.Where(name => !_active.ContainsKey(name));

    public static async Task<NamespaceView> ReadAsync(KubernetesClient cluster, GlobSet filter, BackupSpec spec, CancellationToken cancellationToken)
    {
        var view = new NamespaceView(filter, spec);
        await foreach (var item in cluster.List(WellKnownResources.Namespaces).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            view._active[item.Name] = IsActive(item);
        }

        return view;
    }

    /// <summary>The namespaces to list items in, in the order of the API's keys; null: all in one list.</summary>
    public IReadOnlyList<string>? ToList()
        => _filter.Includes("*") || _filter.IncludesEverything || HasNoIncludes
            ? null
            : [.. _active.Where(pair => pair.Value && _filter.Includes(pair.Key)).Select(pair => pair.Key).OrderBy(name => $"{name}/", StringComparer.Ordinal)];

    /// <summary>Whether items of this namespace are in the backup. One that came later than this view counts as Active.</summary>
    public bool HasItemsOf(string name) => _filter.Includes(name) && _active.GetValueOrDefault(name, true);

    /// <summary>Notes that an item of it is in the backup.</summary>
    public void Note(string name) => _withItems.Add(name);

    /// <summary>
    /// Whether the namespace itself is in the backup (nsTracker in pkg/backup/item_collector.go): items of it are, or its labels are selected, or
    /// its name is, except where a selector alone narrows a backup of all namespaces. Asked last, once all items have been seen.
    /// </summary>
    public bool Takes(KubernetesObject item)
    {
        if (!IsActive(item) || item.Metadata.IsBeingDeleted)
        {
            return false;
        }

        LabelSelector[] selectors = _spec.LabelSelector is { } single ? [single] : [.. _spec.OrLabelSelectors ?? []];
        return _withItems.Contains(item.Name)
            || selectors.Any(selector => new Selector(selector).Matches(item.Metadata.Labels))
            || (_filter.Includes(item.Name) && !(_filter.IncludesEverything && selectors.Length > 0));
    }

    private bool HasNoIncludes => _spec.IncludedNamespaces is null or { Count: 0 };

    private static bool IsActive(KubernetesObject item) => item.ToTree().Child("status").Text("phase") == "Active";
}
