using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Applying;

/// <summary>The patch (RFC 7386) that makes one object of another.</summary>
internal static class MergePatch
{
    /// <summary>The patch; null when there is nothing to change.</summary>
    public static JsonObject? Between(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (name, _) in from.Where(pair => !to.ContainsKey(pair.Key)))
        {
            patch[name] = null;
        }

        foreach (var (name, wanted) in to)
        {
            if (from.TryGetPropertyValue(name, out var there) && JsonNode.DeepEquals(there, wanted))
            {
                continue;
            }

            patch[name] = there is JsonObject old && wanted is JsonObject renewed ? Between(old, renewed) : wanted?.DeepClone();
        }

        return patch.Count == 0 ? null : patch;
    }
}
