using System.Globalization;
using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Patching;

/// <summary>JSON Patch, RFC 6902.</summary>
internal static class JsonPatch
{
    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        JsonNode? root = target;
        foreach (var operation in operations)
        {
            if (operation is not JsonObject step || step.Text("path") is not { } path)
            {
                throw ApiError.BadRequest("a JSON patch is a list of operations with a path");
            }

            root = Step(root, step, path);
        }

        return root as JsonObject ?? throw ApiError.Unprocessable("the patch leaves no object");
    }

    private static JsonNode? Step(JsonNode? root, JsonObject step, string path)
    {
        switch (step.Text("op"))
        {
            case "add":
                return Add(root, path, step["value"]?.DeepClone());
            case "remove":
                Remove(root, path);
                return root;
            case "replace":
                if (path.Length == 0)
                {
                    return step["value"]?.DeepClone();
                }

                Remove(root, path);
                return Add(root, path, step["value"]?.DeepClone());
            case "copy":
                return Add(root, path, Find(root, From(step))?.DeepClone());
            case "move":
                var moved = Find(root, From(step))?.DeepClone();
                Remove(root, From(step));
                return Add(root, path, moved);
            case "test":
                return JsonNode.DeepEquals(Find(root, path), step["value"]) ? root : throw Failed($"testing value {path} failed");
            default:
                throw ApiError.BadRequest($"the JSON patch operation '{step.Text("op")}' is not known");
        }
    }

    private static string From(JsonObject step) => step.Text("from") ?? throw ApiError.BadRequest("the JSON patch operation needs a 'from'");

    private static JsonNode? Find(JsonNode? root, string path)
    {
        var node = root;
        foreach (var name in Segments(path))
        {
            node = node switch
            {
                JsonObject map when map.TryGetPropertyValue(name, out var child) => child,
                JsonArray list when Index(name, list.Count - 1) is { } index => list[index],
                _ => throw Failed($"the path {path} is not there"),
            };
        }

        return node;
    }

    private static JsonNode? Add(JsonNode? root, string path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value;
        }

        var (parent, name) = Parent(root, path);
        switch (parent)
        {
            case JsonObject map:
                map[name] = value;
                return root;
            case JsonArray list when name == "-":
                list.Add(value);
                return root;
            case JsonArray list when Index(name, list.Count) is { } index:
                list.Insert(index, value);
                return root;
            default:
                throw Failed($"the path {path} is not there");
        }
    }

    private static void Remove(JsonNode? root, string path)
    {
        var (parent, name) = Parent(root, path);
        if (parent is JsonObject map && map.Remove(name))
        {
            return;
        }

        if (parent is JsonArray list && Index(name, list.Count - 1) is { } index)
        {
            list.RemoveAt(index);
            return;
        }

        throw Failed($"the path {path} is not there");
    }

    private static (JsonNode? Parent, string Name) Parent(JsonNode? root, string path)
    {
        var cut = path.LastIndexOf('/');
        return cut < 0 ? throw Failed($"the path {path} does not begin with a slash") : (Find(root, path[..cut]), Unescape(path[(cut + 1)..]));
    }

    private static IEnumerable<string> Segments(string path) => path.Length == 0 ? [] : path[1..].Split('/').Select(Unescape);

    private static string Unescape(string segment) => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static int? Index(string name, int last) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last ? index : null;

    private static ApiError Failed(string why) => ApiError.Unprocessable($"the server rejected our request due to an error in our request: {why}");
}
