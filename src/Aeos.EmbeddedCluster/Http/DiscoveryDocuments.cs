using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Http;

/// <summary>What the server says about itself: the groups, their versions and types, in the old documents and in the aggregated one.</summary>
internal sealed class DiscoveryDocuments(ResourceCatalog catalog, BrokenGroups broken)
{
    public static JsonObject CoreVersions(string address) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = address }),
    };

    public JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. NamedGroups().Select(g => (JsonNode)GroupBody(g))]),
    };

    public JsonObject? Group(string group)
    {
        if (!NamedGroups().Contains(group))
        {
            return null;
        }

        var body = GroupBody(group);
        body.Insert(0, "kind", "APIGroup");
        body.Insert(1, "apiVersion", "v1");
        return body;
    }

    public JsonObject? Resources(string group, string version)
    {
        if (!catalog.VersionsOf(group).Contains(version))
        {
            return null;
        }

        var resources = new JsonArray();
        foreach (var type in TypesOf(group, version))
        {
            resources.Add((JsonNode)Resource(type));
            foreach (var subresource in SubresourcesOf(type))
            {
                resources.Add((JsonNode)SubresourceBody(type, subresource));
            }
        }

        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = resources,
        };
    }

    /// <summary>The aggregated document of core (<c>/api</c>) or of all other groups (<c>/apis</c>).</summary>
    public JsonObject Aggregated(bool core, string apiVersion)
    {
        var items = new JsonArray();
        foreach (var group in core ? [""] : NamedGroups())
        {
            var versions = VersionsOf(group).Select(v => (JsonNode)AggregatedVersion(group, v));
            var metadata = new JsonObject { ["creationTimestamp"] = null };
            if (!core)
            {
                metadata.Insert(0, "name", group);
            }

            items.Add((JsonNode)new JsonObject { ["metadata"] = metadata, ["versions"] = new JsonArray([.. versions]) });
        }

        return new JsonObject
        {
            ["kind"] = "APIGroupDiscoveryList",
            ["apiVersion"] = "apidiscovery.k8s.io/" + apiVersion,
            ["metadata"] = new JsonObject(),
            ["items"] = items,
        };
    }

    private IEnumerable<string> NamedGroups() => catalog.Groups.Where(g => g.Length > 0).Union(broken.Groups);

    private IEnumerable<string> VersionsOf(string group) => catalog.VersionsOf(group) is { Count: > 0 } known ? known : broken.VersionsOf(group);

    private IEnumerable<ResourceType> TypesOf(string group, string version) =>
        catalog.Types.Where(t => t.Group == group && t.Versions.Contains(version)).OrderBy(t => t.Plural, StringComparer.Ordinal);

    private JsonObject GroupBody(string group)
    {
        var versions = VersionsOf(group).Select(v => new JsonObject { ["groupVersion"] = $"{group}/{v}", ["version"] = v }).ToList();
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions]),
            ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private JsonObject AggregatedVersion(string group, string version)
    {
        var resources = broken.Contains(group)
            ? []
            : TypesOf(group, version).Select(t => (JsonNode)AggregatedResource(t, version));
        return new JsonObject
        {
            ["version"] = version,
            ["resources"] = new JsonArray([.. resources]),
            ["freshness"] = broken.Contains(group) ? "Stale" : "Current",
        };
    }

    private static JsonObject AggregatedResource(ResourceType type, string version)
    {
        var body = new JsonObject
        {
            ["resource"] = type.Plural,
            ["responseKind"] = ResponseKind(type.Group, version, type.Kind),
            ["scope"] = type.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = type.Singular,
            ["verbs"] = JsonNavigation.ToArray(type.Verbs),
        };
        AddNames(body, type);
        var subresources = SubresourcesOf(type).Select(s => (JsonNode)new JsonObject
        {
            ["subresource"] = s.Name,
            ["responseKind"] = ResponseKind(s.Response?.Group ?? type.Group, s.Response?.Version ?? version, s.Kind),
            ["verbs"] = JsonNavigation.ToArray(s.Verbs),
        }).ToArray();
        if (subresources.Length > 0)
        {
            body["subresources"] = new JsonArray(subresources);
        }

        return body;
    }

    private static JsonObject ResponseKind(string group, string version, string kind) =>
        new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static JsonObject Resource(ResourceType type)
    {
        var body = new JsonObject
        {
            ["name"] = type.Plural,
            ["singularName"] = type.Singular,
            ["namespaced"] = type.Namespaced,
            ["kind"] = type.Kind,
            ["verbs"] = JsonNavigation.ToArray(type.Verbs),
        };
        AddNames(body, type);
        return body;
    }

    private static JsonObject SubresourceBody(ResourceType type, Subresource subresource)
    {
        var body = new JsonObject { ["name"] = $"{type.Plural}/{subresource.Name}", ["singularName"] = "", ["namespaced"] = type.Namespaced };
        if (subresource.Response is { } response)
        {
            body["group"] = response.Group;
            body["version"] = response.Version;
        }

        body["kind"] = subresource.Kind;
        body["verbs"] = JsonNavigation.ToArray(subresource.Verbs);
        return body;
    }

    private static void AddNames(JsonObject body, ResourceType type)
    {
        if (type.ShortNames.Length > 0)
        {
            body["shortNames"] = JsonNavigation.ToArray(type.ShortNames);
        }

        if (type.Categories.Length > 0)
        {
            body["categories"] = JsonNavigation.ToArray(type.Categories);
        }
    }

    private static IEnumerable<Subresource> SubresourcesOf(ResourceType type) =>
        type.HasStatus ? type.Subresources.Append(new Subresource("status", type.Kind, ["get", "patch", "update"])) : type.Subresources;
}
