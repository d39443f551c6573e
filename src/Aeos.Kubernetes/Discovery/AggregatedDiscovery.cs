using System.Text.Json;

namespace Aeos.Kubernetes.Discovery;

/// <summary>Reads an APIGroupDiscoveryList (apidiscovery.k8s.io v2 and v2beta1, which are alike): all groups in one answer.</summary>
internal static class AggregatedDiscovery
{
    public const string Kind = "APIGroupDiscoveryList";

    public const string Accept =
        $"application/json;g=apidiscovery.k8s.io;v=v2;as={Kind},application/json;g=apidiscovery.k8s.io;v=v2beta1;as={Kind},application/json";

    public static void Read(JsonElement root, List<ApiGroup> groups, List<DiscoveryWarning> warnings)
    {
        foreach (var item in DiscoveryReader.Elements(root, "items"))
        {
            groups.Add(ReadGroup(item, warnings));
        }
    }

    private static ApiGroup ReadGroup(JsonElement item, List<DiscoveryWarning> warnings)
    {
        var name = DiscoveryReader.Text(DiscoveryReader.Child(item, "metadata"), "name");
        var versions = new List<ApiGroupVersion>();
        foreach (var version in DiscoveryReader.Elements(item, "versions"))
        {
            var label = DiscoveryReader.Text(version, "version");
            if (DiscoveryReader.Text(version, "freshness") == "Stale")
            {
                warnings.Add(new DiscoveryWarning(
                    name.Length == 0 ? label : $"{name}/{label}", "the API server that serves it is away (stale discovery); its resources are left out"));
                continue;
            }

            versions.Add(new ApiGroupVersion(label, [.. ReadResources(version, name, label)]));
        }

        // The list is in the order of preference.
        return new ApiGroup(name, versions.Count == 0 ? "" : versions[0].Version, versions);
    }

    private static IEnumerable<ApiResource> ReadResources(JsonElement version, string group, string label)
    {
        foreach (var resource in DiscoveryReader.Elements(version, "resources"))
        {
            // A resource without a kind is only the parent of subresources.
            var kind = DiscoveryReader.Text(DiscoveryReader.Child(resource, "responseKind"), "kind");
            if (kind.Length > 0)
            {
                yield return new ApiResource
                {
                    Group = group,
                    Version = label,
                    Name = DiscoveryReader.Text(resource, "resource"),
                    Kind = kind,
                    Namespaced = DiscoveryReader.Text(resource, "scope") == "Namespaced",
                    SingularName = DiscoveryReader.Text(resource, "singularResource"),
                    Verbs = DiscoveryReader.Texts(resource, "verbs"),
                    ShortNames = DiscoveryReader.Texts(resource, "shortNames"),
                    Categories = DiscoveryReader.Texts(resource, "categories"),
                    Subresources = [.. DiscoveryReader.Elements(resource, "subresources").Select(sub => DiscoveryReader.Text(sub, "subresource"))],
                };
            }
        }
    }
}
