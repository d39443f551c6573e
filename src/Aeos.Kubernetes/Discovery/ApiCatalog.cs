namespace Aeos.Kubernetes.Discovery;

/// <summary>What an API server serves, at one moment: immutable; discover anew after definitions have changed.</summary>
public sealed class ApiCatalog
{
    private readonly Dictionary<(string ApiVersion, string Kind), ApiResource> _kinds = [];
    private readonly Dictionary<(string Group, string Name), ApiResource> _preferred = [];
    private readonly ResourceLookup _lookup;

    /// <summary>Makes a catalog.</summary>
    /// <param name="groups">The groups, in the server's order of priority.</param>
    /// <param name="warnings">What was left out.</param>
    public ApiCatalog(IReadOnlyList<ApiGroup> groups, IReadOnlyList<DiscoveryWarning> warnings)
    {
        Groups = groups;
        Warnings = warnings;
        _lookup = new ResourceLookup(groups);
        foreach (var resource in AllResources)
        {
            _kinds.TryAdd((resource.ApiVersion, resource.Kind), resource);
        }

        foreach (var resource in PreferredResources)
        {
            _preferred.TryAdd((resource.Group, resource.Name), resource);
        }
    }

    /// <summary>The groups, in the server's order of priority.</summary>
    public IReadOnlyList<ApiGroup> Groups { get; }

    /// <summary>What could not be discovered and is left out.</summary>
    public IReadOnlyList<DiscoveryWarning> Warnings { get; }

    /// <summary>Each resource in each version.</summary>
    public IEnumerable<ApiResource> AllResources => Groups.SelectMany(group => group.Versions).SelectMany(version => version.Resources);

    /// <summary>
    /// Each resource once: in its group's preferred version, or, where that does not have it, in the first version that does (as client-go's
    /// ServerPreferredResources).
    /// </summary>
    public IEnumerable<ApiResource> PreferredResources => Groups.SelectMany(group => group.Versions
        .OrderBy(version => version.Version == group.PreferredVersion ? 0 : 1)
        .SelectMany(version => version.Resources)
        .DistinctBy(resource => resource.Name));

    /// <summary>The resource that a user means; see <see cref="ResourceLookup"/>. Null: the server has none of this name.</summary>
    /// <param name="text">Plural, singular, short name or kind, with a group or a beginning of it, or with version and group.</param>
    public ApiResource? Find(string text) => _lookup.Find(text);

    /// <summary>The resource for a group and an exact plural name, in the preferred version; null: the server has none.</summary>
    /// <param name="group">The group; empty for the core.</param>
    /// <param name="name">The plural.</param>
    public ApiResource? FindExact(string group, string name) => _preferred.GetValueOrDefault((group, name));

    /// <summary>The resource that objects of this kind are stored as; null: the server has none.</summary>
    /// <param name="apiVersion">Group and version, as in an object.</param>
    /// <param name="kind">The kind, as in an object.</param>
    public ApiResource? FindKind(string apiVersion, string kind) => _kinds.GetValueOrDefault((apiVersion, kind));
}
