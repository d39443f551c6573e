using System.Text.Json.Nodes;

namespace Aeos.Embedded.Json;

/// <summary>Reads objects of unknown shape: what is missing or of another type is null, never an exception.</summary>
internal static class JsonNavigation
{
    public static JsonObject? Child(this JsonObject? node, string name) => node?[name] as JsonObject;

    public static JsonObject? Child(this JsonObject? node, string first, string second) => node.Child(first).Child(second);

    /// <summary>The object of that name; made when it is not there or is something else.</summary>
    public static JsonObject Ensure(this JsonObject node, string name)
    {
        if (node[name] is JsonObject there)
        {
            return there;
        }

        var made = new JsonObject();
        node[name] = made;
        return made;
    }

    public static JsonArray EnsureArray(this JsonObject node, string name)
    {
        if (node[name] is JsonArray there)
        {
            return there;
        }

        var made = new JsonArray();
        node[name] = made;
        return made;
    }

    public static string? Text(this JsonObject? node, string name) =>
        node?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The text of that name, or null where it is missing or empty: Go's clients send empty strings for what they leave out.</summary>
    public static string? Filled(this JsonObject? node, string name) => node.Text(name) is { Length: > 0 } text ? text : null;

    public static long? Number(this JsonObject? node, string name) =>
        node?[name] is JsonValue value && value.TryGetValue(out long number) ? number : null;

    public static bool? Flag(this JsonObject? node, string name) =>
        node?[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    public static IEnumerable<JsonObject> Objects(this JsonObject? node, string name) =>
        node?[name] is JsonArray list ? list.OfType<JsonObject>() : [];

    public static IEnumerable<string> Texts(this JsonObject? node, string name) =>
        node?[name] is JsonArray list
            ? list.OfType<JsonValue>().Select(v => v.TryGetValue(out string? text) ? text : null).OfType<string>()
            : [];

    /// <summary>Sets a field that the client has not set.</summary>
    public static void Default(this JsonObject node, string name, JsonNode value)
    {
        if (node[name] is null)
        {
            node[name] = value;
        }
    }

    public static JsonObject Metadata(this JsonObject node) => node.Ensure("metadata");

    public static string Name(this JsonObject node) => node.Child("metadata").Text("name") ?? "";

    public static string? Namespace(this JsonObject node) => node.Child("metadata").Filled("namespace");

    public static JsonArray ToArray(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
