using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aeos.Backup;

/// <summary>Reads an object's tree, where anything may be absent or of another type than its schema says.</summary>
internal static class JsonReading
{
    public static JsonObject? Child(this JsonObject? node, string name) => node?[name] as JsonObject;

    public static string Text(this JsonObject? node, string name) =>
        node?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";

    public static IEnumerable<JsonObject> Children(this JsonObject? node, string name) => node?[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    /// <summary>A map of texts, such as labels; what is no text counts as empty.</summary>
    public static Dictionary<string, string> Texts(this JsonObject? node, string name)
    {
        var map = node.Child(name);
        return (map ?? []).ToDictionary(static pair => pair.Key, pair => map.Text(pair.Key), StringComparer.Ordinal);
    }

    /// <summary>The child, which is made where there is none.</summary>
    public static JsonObject Ensure(this JsonObject node, string name)
    {
        if (node[name] is JsonObject child)
        {
            return child;
        }

        node[name] = child = [];
        return child;
    }

    public static void Drop(this JsonObject? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            node?.Remove(name);
        }
    }
}
