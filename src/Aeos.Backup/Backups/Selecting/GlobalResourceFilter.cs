using Aeos.Backup.Filters;
using Aeos.Kubernetes.Discovery;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>The older filters: one list of types to include, one to exclude, and whether types without namespaces are in.</summary>
internal sealed class GlobalResourceFilter(BackupSpec spec, ApiCatalog catalog, NamespaceFilter namespaces) : IResourceFilter
{
    private readonly GlobSet _types = new(
        TypeNames.Resolve(spec.IncludedResources, catalog), [.. TypeNames.Resolve(spec.ExcludedResources, catalog), TypeNames.Snapshots, TypeNames.SnapshotContents]);

    public bool Includes(ApiResource type)
    {
        if (!type.Namespaced && spec.IncludeClusterResources == false)
        {
            return false;
        }

        // Left to decide: of some namespaces only, a backup has what belongs to their items.
        return (type.Namespaced || spec.IncludeClusterResources is not null || type.GroupResource == TypeNames.Namespaces || namespaces.IncludesEverything)
            && _types.Includes(type.GroupResource);
    }

    public bool Excludes(ApiResource type) => _types.Excludes(type.GroupResource)
        || (!type.Namespaced && (spec.IncludeClusterResources == false || (spec.IncludeClusterResources is null && !_types.Includes(type.GroupResource))));
}
