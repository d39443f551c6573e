namespace Aeos.Kubernetes.Discovery;

/// <summary>
/// Finds the resource that a text means, as kubectl and Velero do: <c>deployments</c>, <c>deployment</c>, <c>Deployment</c>, <c>deploy</c>,
/// <c>deployments.apps</c>, <c>deployments.v1.apps</c>, and with the beginning of a group where no group has the whole name
/// (<c>deployments.app</c>). The core goes first, then the groups in the server's order, each in its preferred version first; a whole name goes before
/// a short one.
/// </summary>
internal sealed class ResourceLookup
{
    private readonly List<ApiResource> _ranked;

    public ResourceLookup(IReadOnlyList<ApiGroup> groups)
    {
        _ranked = [.. groups
            .OrderBy(group => group.Name.Length == 0 ? 0 : 1)
            .SelectMany(group => group.Versions.OrderBy(version => version.Version == group.PreferredVersion ? 0 : 1))
            .SelectMany(version => version.Resources)];
    }

    public ApiResource? Find(string text)
    {
        var wanted = text.Trim().ToLowerInvariant();
        var parts = wanted.Split('.', 3);
        return parts.Length switch
        {
            1 => Match(parts[0], _ => true),
            3 when Match(parts[0], resource => resource.Version == parts[1] && resource.Group == parts[2]) is { } exact => exact,
            _ => FindInGroup(parts[0], wanted[(parts[0].Length + 1)..]),
        };
    }

    private ApiResource? FindInGroup(string name, string group)
        => Match(name, resource => resource.Group == group)
            ?? (group.Length == 0 ? null : Match(name, resource => resource.Group.StartsWith(group, StringComparison.Ordinal)));

    private ApiResource? Match(string name, Func<ApiResource, bool> isWanted)
        => name.Length == 0 ? null : _ranked.FirstOrDefault(resource => isWanted(resource) && IsNamed(resource, name))
            ?? _ranked.FirstOrDefault(resource => isWanted(resource) && resource.ShortNames.Contains(name));

    // Servers may leave the singular out; then it is the kind in lower case.
    private static bool IsNamed(ApiResource resource, string name)
        => resource.Name == name
            || resource.SingularName == name
            || string.Equals(resource.Kind, name, StringComparison.OrdinalIgnoreCase);
}
