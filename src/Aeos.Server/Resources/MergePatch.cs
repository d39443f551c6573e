using System.Text.Json.Nodes;

namespace Aeos.Server.Resources;

/// <summary>Finds the JSON merge patch (RFC 7386) that makes one object of another.</summary>
internal static class MergePatch
{
    public static JsonObject Between(JsonObject before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (var (name, _) in before)
        {
            if (!after.ContainsKey(name))
            {
                patch[name] = null;
            }
        }

        foreach (var (name, value) in after)
        {
            before.TryGetPropertyValue(name, out var old);
            if (old is JsonObject was && value is JsonObject now)
            {
                if (Between(was, now) is { Count: > 0 } inner)
                {
                    patch[name] = inner;
                }
            }
            else if (!JsonNode.DeepEquals(old, value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        return patch;
    }
}
