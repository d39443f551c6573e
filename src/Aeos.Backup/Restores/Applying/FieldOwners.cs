using System.Text.Json.Nodes;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Applying;

/// <summary>
/// Who owned which fields of an object (<c>metadata.managedFields</c>). Velero puts them back by a patch after each creation. An object that one manager
/// wrote needs none: created in that manager's name, it gets the same owners from the server.
/// </summary>
/// <param name="fields">The <c>managedFields</c>; null: none are known.</param>
internal sealed class FieldOwners(JsonArray? fields)
{
    // The server's limit (meta/v1 validation).
    private const int LongestManager = 128;

    private static readonly HashSet<string> Forgotten = new(StringComparer.Ordinal)
    {
        "f:velero.io/backup-name", "f:velero.io/restore-name", "f:ownerReferences", "f:generateName",
    };

    /// <summary>How the object is created.</summary>
    /// <param name="apiVersion">Group and version that it is created in.</param>
    public WriteOptions? CreationIn(string apiVersion) => OnlyManager(apiVersion) is { } manager ? new WriteOptions { FieldManager = manager } : null;

    /// <summary>The patch that puts them back; null where none is needed.</summary>
    /// <param name="apiVersion">Group and version that the object was created in.</param>
    /// <param name="wasChanged">Whether it was written to again since.</param>
    public JsonObject? PatchAfterCreation(string apiVersion, bool wasChanged) =>
        fields is not { Count: > 0 } || (!wasChanged && OnlyManager(apiVersion) is not null) ? null
            : new JsonObject { ["metadata"] = new JsonObject { ["managedFields"] = fields.DeepClone() } };

    /// <summary>Puts them into an object.</summary>
    public void PutInto(JsonObject item)
    {
        if (fields is { Count: > 0 })
        {
            item.Ensure("metadata")["managedFields"] = fields.DeepClone();
        }
    }

    /// <summary>
    /// Whether others are the same, as Velero compares them, the time of each write included. Those of an object that a restore made may be of another time,
    /// and lack what no restore brings back. Where the backup knows none, any will do.
    /// </summary>
    /// <param name="others">The owners in the cluster.</param>
    /// <param name="isOfRestore">Whether a restore made the object.</param>
    public bool AreLike(JsonArray? others, bool isOfRestore) => fields is not { Count: > 0 }
        || (isOfRestore ? JsonNode.DeepEquals(Plain(fields), Plain(others ?? [])) : JsonNode.DeepEquals(fields, others));

    private string? OnlyManager(string apiVersion) =>
        fields is [JsonObject only] && only.Text("operation") == "Update" && only.Text("subresource").Length == 0 && only.Text("apiVersion") == apiVersion
            && only.Text("manager") is { Length: > 0 and <= LongestManager } manager && manager.All(static letter => letter is >= ' ' and <= '~')
            ? manager : null;

    private static JsonArray Plain(JsonArray fields)
    {
        var plain = (JsonArray)fields.DeepClone();
        foreach (var entry in plain.OfType<JsonObject>())
        {
            entry.Remove("time");
            var metadata = entry.Child("fieldsV1").Child("f:metadata");
            Forget(metadata.Child("f:labels"));
            Forget(metadata);
            RemoveEmpty(metadata, "f:labels");
            RemoveEmpty(entry.Child("fieldsV1"), "f:metadata");
        }

        // Who owned nothing else, did no more than label it.
        plain.RemoveAll(static entry => (entry as JsonObject).Child("fieldsV1") is { Count: 0 });
        return plain;
    }

    private static void Forget(JsonObject? names)
    {
        foreach (var name in names is null ? [] : names.Select(static pair => pair.Key).Where(Forgotten.Contains).ToList())
        {
            names!.Remove(name);
        }
    }

    private static void RemoveEmpty(JsonObject? parent, string name)
    {
        if (parent.Child(name) is { } child && child.All(static pair => pair.Key == "."))
        {
            parent!.Remove(name);
        }
    }
}
