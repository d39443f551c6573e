using Aeos.Backup.Filters;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Selecting;

/// <summary>Which of a backup's objects are restored (Velero 1.18, pkg/restore/restore.go).</summary>
internal sealed class RestoreFilter
{
    private readonly RestoreSpec _spec;
    private readonly GlobSet _namespaces;
    private readonly IReadOnlyList<Selector> _selectors;
    private GlobSet _types;
    private GlobSet? _statuses;

    /// <param name="spec">What was asked for.</param>
    public RestoreFilter(RestoreSpec spec)
    {
        _spec = spec;
        _namespaces = new GlobSet(spec.IncludedNamespaces, spec.ExcludedNamespaces);
        _selectors = Selector.Of(spec.LabelSelector, spec.OrLabelSelectors);
        _types = new GlobSet(spec.IncludedResources, spec.ExcludedResources);
    }

    /// <summary>Resolves the types' names: first of all, and anew when restored definitions may have brought some.</summary>
    public void Resolve(ApiCatalog catalog)
    {
        _types = Types(_spec.IncludedResources, _spec.ExcludedResources, catalog);
        _statuses = _spec.RestoreStatus is { } status ? Types(status.IncludedResources, status.ExcludedResources, catalog) : null;
    }

    public bool IncludesType(string groupResource) =>
        !NeverRestored.Includes(groupResource) && (_types.Includes(groupResource) || NeverRestored.MustHave(groupResource));

    /// <summary>Whether the status of a type's objects is restored, unless an annotation says otherwise.</summary>
    public bool IncludesStatus(string groupResource) => _statuses?.Includes(groupResource) == true;

    /// <summary>Whether a type's objects of one namespace are selected; the empty one is the cluster.</summary>
    public bool IncludesScope(string groupResource, string @namespace) => @namespace.Length == 0
        ? _spec.IncludeClusterResources ?? _namespaces.IncludesEverything
        : _namespaces.Includes(@namespace) || NeverRestored.MustHave(groupResource);

    /// <summary>Whether an object may come along with another that needs it: more than is selected by itself, for labels do not count.</summary>
    public bool IncludesCompanion(ItemKey key) => IncludesType(key.GroupResource)
        && (key.Namespace.Length == 0 ? _spec.IncludeClusterResources != false : IncludesScope(key.GroupResource, key.Namespace));

    public bool IncludesLabels(string groupResource, KubernetesObject item) => _selectors.Count == 0 || NeverRestored.MustHave(groupResource)
        || _selectors.Any(selector => selector.Matches(item.Metadata.Labels));

    private static GlobSet Types(IReadOnlyList<string>? includes, IReadOnlyList<string>? excludes, ApiCatalog catalog)
        => new(TypeNames.Resolve(includes, catalog), TypeNames.Resolve(excludes, catalog));
}
