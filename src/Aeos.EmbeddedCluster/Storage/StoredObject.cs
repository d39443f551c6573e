using System.Globalization;
using System.Text.Json.Nodes;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Storage;

/// <summary>
/// One object at one version, never changed. Its body is kept as bytes, without kind and apiVersion, which are written in front of it as
/// the version of the request has them; beside it stands only what lists and controllers ask for all the time.
/// </summary>
internal sealed class StoredObject
{
    private StoredObject(string key, string name, string? ns)
    {
        Key = key;
        Name = name;
        Namespace = ns is null ? null : string.Intern(ns);
    }

    /// <summary><c>namespace/name</c>, or the name alone: the order of lists, as in etcd.</summary>
    public string Key { get; }

    public string Name { get; }

    public string? Namespace { get; }

    public Guid Uid { get; private init; }

    public long Revision { get; private init; }

    /// <summary>JSON in UTF-8; begins with <c>{"metadata":</c>.</summary>
    public byte[] Body { get; private init; } = [];

    public KeyValuePair<string, string>[] Labels { get; private init; } = [];

    public Guid[] Owners { get; private init; } = [];

    public bool Deleting { get; private init; }

    public static string KeyOf(string? ns, string name) => ns is null ? name : $"{ns}/{name}";

    /// <summary>A place in the order, to search for.</summary>
    public static StoredObject Probe(string key) => new(key, "", null);

    /// <summary>Stamps the revision on an object and stores its bytes. The object is the caller's no more.</summary>
    public static StoredObject From(JsonObject node, long revision)
    {
        var metadata = node.Metadata();
        metadata["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture);
        node.Remove("kind");
        node.Remove("apiVersion");
        if (node.GetAt(0).Key != "metadata")
        {
            node.Remove("metadata");
            node.Insert(0, "metadata", metadata);
        }

        var (name, ns) = (node.Name(), node.Namespace());
        return new StoredObject(KeyOf(ns, name), name, ns)
        {
            Uid = Guid.TryParse(metadata.Text("uid"), out var uid) ? uid : default,
            Revision = revision,
            Body = JsonText.Write(node),
            Labels = ReadLabels(metadata),
            Owners = [.. metadata.Objects("ownerReferences").Select(o => Guid.TryParse(o.Text("uid"), out var owner) ? owner : default)],
            Deleting = metadata["deletionTimestamp"] is not null,
        };
    }

    /// <summary>A copy to read or to change; it has neither kind nor apiVersion.</summary>
    public JsonObject Read() => JsonText.ParseObject(Body);

    private static KeyValuePair<string, string>[] ReadLabels(JsonObject metadata) => metadata.Child("labels") is { Count: > 0 } labels
        ? [.. labels.Select(l => KeyValuePair.Create(string.Intern(l.Key), (l.Value as JsonValue)?.GetValue<string>() ?? ""))]
        : [];
}
