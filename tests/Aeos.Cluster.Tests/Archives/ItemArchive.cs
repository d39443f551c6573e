using System.Text.Json.Nodes;

namespace Aeos.Cluster.Tests.Archives;

/// <summary>An archive of objects that no cluster had, laid out as Velero 1.18 does.</summary>
internal sealed class ItemArchive
{
    private readonly GoTar _tar;

    public ItemArchive(string format = "1.1.0") => _tar = new GoTar().AddFile("metadata/version", $"{format}\n");

    /// <summary>Adds an object in the version that the old cluster preferred.</summary>
    /// <param name="type">As in <c>deployments.apps</c>.</param>
    /// <param name="apiVersion">Its API version.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="place">Its namespace; null: none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="fields">Its fields, beside metadata.</param>
    /// <param name="metadata">Its metadata's fields, beside name and namespace.</param>
    public ItemArchive Add(string type, string apiVersion, string kind, string? place, string name, string fields = "", string metadata = "")
    {
        var item = Item(apiVersion, kind, place, name, fields, metadata);
        AddFile($"resources/{type}/{Path(place, name)}", item);
        return AddFile($"resources/{type}/{apiVersion.Split('/')[^1]}-preferredversion/{Path(place, name)}", item);
    }

    /// <summary>Adds an object in a folder of a version alone; an empty one is that of no version.</summary>
    public ItemArchive AddVersion(string type, string folder, string apiVersion, string kind, string place, string name, string fields = "", string metadata = "")
        => AddFile($"resources/{type}/{(folder.Length == 0 ? "" : $"{folder}/")}{Path(place, name)}", Item(apiVersion, kind, place, name, fields, metadata));

    public ItemArchive AddConfigMap(string place, string name = "map", string value = "v", string metadata = "")
        => Add("configmaps", "v1", "ConfigMap", place, name, $$""" "data":{"k":"{{value}}"}""", metadata);

    public ItemArchive AddPod(string place, string name, string spec = "", string metadata = "", string phase = "Running")
        => Add("pods", "v1", "Pod", place, name, $$$""" "spec":{"containers":[{"name":"c","image":"example.org/web:1"}]{{{spec}}}},"status":{"phase":"{{{phase}}}"}""", metadata);

    public ItemArchive AddFile(string name, string content)
    {
        _tar.AddFile(name, content);
        return this;
    }

    public byte[] ToBytes() => _tar.ToBytes();

    private static string Path(string? place, string name) => place is null ? $"cluster/{name}.json" : $"namespaces/{place}/{name}.json";

    private static string Item(string apiVersion, string kind, string? place, string name, string fields, string metadata)
    {
        var item = (JsonObject)JsonNode.Parse("{" + fields + "}")!;
        var data = (JsonObject)JsonNode.Parse("{" + metadata + "}")!;
        data["name"] = name;
        if (place is not null)
        {
            data["namespace"] = place;
        }

        (item["apiVersion"], item["kind"], item["metadata"]) = (apiVersion, kind, data);
        return item.ToJsonString();
    }
}
