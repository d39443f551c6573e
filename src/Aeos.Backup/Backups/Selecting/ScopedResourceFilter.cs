using Aeos.Backup.Filters;
using Aeos.Kubernetes.Discovery;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>The scoped filters, with what a resource policy adds to them where they say nothing. Without any filter they decide as well.</summary>
internal sealed class ScopedResourceFilter : IResourceFilter
{
    private readonly GlobSet _namespaced;
    private readonly GlobSet _cluster;
    private readonly bool _takesAll;

    public ScopedResourceFilter(BackupSpec spec, ApiCatalog catalog, NamespaceFilter namespaces, ResourcePolicies? policy)
    {
        _namespaced = Combine(
            Resolve(spec.IncludedNamespaceScopedResources, true),
            Resolve(spec.ExcludedNamespaceScopedResources, true),
            Resolve(policy?.IncludedNamespaceScopedResources, true),
            Resolve(policy?.ExcludedNamespaceScopedResources, true));
        _cluster = Combine(
            Resolve(spec.IncludedClusterScopedResources, false),
            Resolve(spec.ExcludedClusterScopedResources, false),
            Resolve(policy?.IncludedClusterScopedResources, false),
            Resolve(policy?.ExcludedClusterScopedResources, false));
        _takesAll = _cluster.IsEmpty && namespaces.IncludesEverything && _namespaced.IncludesEverything;

        // A type of the other scope is passed over.
        IEnumerable<string> Resolve(IReadOnlyList<string>? names, bool isNamespaced) => (names ?? [])
            .Select(name => (Name: name, Type: catalog.Find(name)))
            .Where(one => one.Type is null || one.Type.Namespaced == isNamespaced)
            .Select(one => one.Type?.GroupResource ?? one.Name);
    }

    public bool Includes(ApiResource type)
    {
        if (Excludes(type))
        {
            return false;
        }

        return type.Namespaced ? _namespaced.Includes(type.GroupResource)
            : _takesAll || _cluster.Names(type.GroupResource) || type.GroupResource == TypeNames.Namespaces;
    }

    public bool Excludes(ApiResource type) => type.GroupResource is TypeNames.Snapshots or TypeNames.SnapshotContents
        || (type.Namespaced ? _namespaced : _cluster).Excludes(type.GroupResource);

    // The spec's lists go first: a policy adds what they do not name, its excludes before its includes.
    private static GlobSet Combine(IEnumerable<string> includes, IEnumerable<string> excludes, IEnumerable<string> policyIncludes, IEnumerable<string> policyExcludes)
    {
        List<string> ins = [.. includes], outs = [.. excludes];
        foreach (var name in policyExcludes.Where(name => !IsNamed(name)).ToList())
        {
            outs.Add(name);
        }

        foreach (var name in policyIncludes.Where(name => !IsNamed(name)).ToList())
        {
            ins.Add(name);
        }

        return new GlobSet(ins, outs);

        bool IsNamed(string name)
        {
            var lists = new GlobSet(ins, outs);
            return lists.Names(name) || lists.Excludes(name);
        }
    }
}
