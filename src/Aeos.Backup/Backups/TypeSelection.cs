using Aeos.Backup.Filters;
using Aeos.Kubernetes.Discovery;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>Which types of objects a backup has, and in which order they are written (Velero 1.18, pkg/backup/item_collector.go).</summary>
internal sealed class TypeSelection
{
    public const string Namespaces = "namespaces";
    public const string Definitions = "customresourcedefinitions.apiextensions.k8s.io";

    // Served by two groups as the same objects: the first that the server names is taken.
    private static readonly Dictionary<string, (string First, string Second)> TwoGroups = new(StringComparer.Ordinal)
    {
        ["deployments"] = ("extensions", "apps"),
        ["daemonsets"] = ("extensions", "apps"),
        ["replicasets"] = ("extensions", "apps"),
        ["networkpolicies"] = ("extensions", "networking.k8s.io"),
        ["events"] = ("", "events.k8s.io"),
    };

    private readonly GlobSet _types;
    private readonly bool? _clusterResources;
    private readonly bool _wholeCluster;

    public TypeSelection(BackupSpec spec, ApiCatalog catalog, GlobSet namespaces)
    {
        _types = new GlobSet(Resolve(spec.IncludedResources, catalog), Resolve(spec.ExcludedResources, catalog));
        _clusterResources = spec.IncludeClusterResources;
        _wholeCluster = namespaces.IncludesEverything;
        var candidates = catalog.PreferredResources.Where(type => type.Supports("list", "get", "create", "delete") && Includes(type)).ToList();
        Types = [.. candidates
            .Where(type => !IsSecondName(type, candidates))
            .OrderBy(type => type.Group.Length == 0 ? 0 : 1)
            .ThenBy(type => type.GroupResource switch { "pods" => 0, "persistentvolumeclaims" => 1, "persistentvolumes" => 2, _ => 3 })];
    }

    /// <summary>
    /// The types, in order, as they are listed: pods, claims, volumes, the rest of the core, then the other groups in the server's order. Namespaces
    /// are among them when they are in the backup.
    /// </summary>
    public IReadOnlyList<ApiResource> Types { get; }

    /// <summary>Whether the definitions of what is in the backup are taken along, though not asked for: they are neither included nor excluded.</summary>
    /// <param name="definitions">The type of definitions.</param>
    public bool TakesDefinitionsAlong(ApiResource definitions)
        => !Types.Contains(definitions) && _clusterResources != false && !_types.Excludes(definitions.GroupResource)
            && (_clusterResources is not null || _types.Includes(definitions.GroupResource));

    /// <summary>Whether the volumes of claims in the backup are taken along, though not asked for.</summary>
    /// <param name="volumes">The type of volumes.</param>
    public bool TakesVolumesAlong(ApiResource volumes)
        => !Types.Contains(volumes) && _clusterResources != false && !_types.Excludes(volumes.GroupResource);

    private bool Includes(ApiResource type)
    {
        var isNamespaces = type.GroupResource == Namespaces;
        if (!type.Namespaced && (_clusterResources == false || (_clusterResources is null && !isNamespaces && !_wholeCluster)))
        {
            return false;
        }

        return _types.Includes(type.GroupResource);
    }

    private static bool IsSecondName(ApiResource type, List<ApiResource> candidates)
        => TwoGroups.TryGetValue(type.Name, out var groups) && (type.Group == groups.First || type.Group == groups.Second)
            && candidates.First(other => other.Name == type.Name && (other.Group == groups.First || other.Group == groups.Second)) != type;

    // What cannot be resolved stays as it is, so that a list of unknown types does not become an empty list, which means everything.
    private static IEnumerable<string>? Resolve(IReadOnlyList<string>? names, ApiCatalog catalog)
        => names?.Select(name => name == "*" ? name : catalog.Find(name)?.GroupResource ?? name);
}
