using Aeos.Backup.Filters;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Restores.Selecting;

/// <summary>Which of a backup's objects are restored (Velero 1.18, pkg/restore/restore.go).</summary>
internal sealed class RestoreFilter
{
    private readonly RestoreOptions _options;
    private readonly GlobSet _namespaces;
    private readonly LabelRequirements? _labels;
    private GlobSet _types;

    /// <param name="options">What was asked for.</param>
    /// <param name="catalog">Resolves short names of types.</param>
    public RestoreFilter(RestoreOptions options, ApiCatalog catalog)
    {
        _options = options;
        _namespaces = new GlobSet(options.IncludedNamespaces, options.ExcludedNamespaces);
        _labels = options.Selector is { } selector ? LabelRequirements.Parse(selector) : null;
        _types = Types(catalog);
    }

    /// <summary>Resolves the types' names anew: restored definitions may have brought some.</summary>
    public void Resolve(ApiCatalog catalog) => _types = Types(catalog);

    public bool IncludesType(string groupResource) => ResourceOrder.IsRestorable(groupResource) && _types.Includes(groupResource);

    public bool IncludesNamespace(string @namespace) => _namespaces.Includes(@namespace);

    /// <summary>Whether a type's items of one namespace are in; the empty one is the cluster.</summary>
    public bool IncludesScope(string @namespace) => @namespace.Length > 0
        ? IncludesNamespace(@namespace)
        : _options.IncludeClusterResources ?? _namespaces.IncludesEverything;

    /// <summary>Whether an item in no namespace may come along with one that needs it.</summary>
    public bool IncludesCompanion(string groupResource) => _options.IncludeClusterResources != false && IncludesType(groupResource);

    public bool IncludesLabels(KubernetesObject item) => _labels is null || _labels.Match(item.Metadata.Labels);

    private GlobSet Types(ApiCatalog catalog)
    {
        return new GlobSet([.. _options.IncludedResources.Select(Resolved)], [.. _options.ExcludedResources.Select(Resolved)]);

        string Resolved(string name) => name.Contains('*', StringComparison.Ordinal) ? name : catalog.Find(name)?.GroupResource ?? name;
    }
}
