using System.Text.Json;

namespace Aeos.Kubernetes.Discovery;

/// <summary>Reads the older form: APIVersions and APIGroupList name the versions, an APIResourceList for each says what it serves.</summary>
internal static class LegacyDiscovery
{
    /// <summary>The groups, their versions still empty.</summary>
    public static IEnumerable<ApiGroup> ReadGroups(JsonElement root)
    {
        if (DiscoveryReader.Text(root, "kind") == "APIVersions")
        {
            // The core: versions by name, the first preferred.
            var core = DiscoveryReader.Texts(root, "versions");
            yield return new ApiGroup("", core.Count == 0 ? "" : core[0], [.. core.Select(version => new ApiGroupVersion(version, []))]);
            yield break;
        }

        foreach (var group in DiscoveryReader.Elements(root, "groups"))
        {
            yield return new ApiGroup(
                DiscoveryReader.Text(group, "name"),
                DiscoveryReader.Text(DiscoveryReader.Child(group, "preferredVersion"), "version"),
                [.. DiscoveryReader.Elements(group, "versions").Select(version => new ApiGroupVersion(DiscoveryReader.Text(version, "version"), []))]);
        }
    }

    /// <summary>What one version serves.</summary>
    public static IReadOnlyList<ApiResource> ReadResources(JsonElement root, string group, string version)
    {
        var entries = DiscoveryReader.Elements(root, "resources").ToList();
        var subresources = entries
            .Select(entry => DiscoveryReader.Text(entry, "name").Split('/', 2))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1]);
        return
        [
            .. entries
                .Where(entry => !DiscoveryReader.Text(entry, "name").Contains('/', StringComparison.Ordinal))
                .Select(entry => new ApiResource
                {
                    Group = group,
                    Version = version,
                    Name = DiscoveryReader.Text(entry, "name"),
                    Kind = DiscoveryReader.Text(entry, "kind"),
                    Namespaced = DiscoveryReader.Child(entry, "namespaced").ValueKind == JsonValueKind.True,
                    SingularName = DiscoveryReader.Text(entry, "singularName"),
                    Verbs = DiscoveryReader.Texts(entry, "verbs"),
                    ShortNames = DiscoveryReader.Texts(entry, "shortNames"),
                    Categories = DiscoveryReader.Texts(entry, "categories"),
                    Subresources = [.. subresources[DiscoveryReader.Text(entry, "name")]],
                }),
        ];
    }
}
