using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>Merges lists of a strategic merge patch: entry by entry, told apart by a key, or as sets of plain values.</summary>
internal static class StrategicList
{
    /// <summary>Merges; both lists are used up.</summary>
    /// <param name="original">The object's list.</param>
    /// <param name="patch">The patch's.</param>
    /// <param name="how">The key, and how entries merge.</param>
    /// <param name="order">The order of entries that was asked for; null: that of the patch. Entries that it does not name keep their places.</param>
    /// <exception cref="PatchException">An entry lacks the key.</exception>
    public static JsonArray Merge(JsonArray original, JsonArray patch, MergeField how, JsonArray? order = null)
    {
        var key = how.Key!;
        var there = original.ToList();
        var changes = patch.Where(entry => !IsDirective(entry)).ToList();
        foreach (var directive in patch.Where(IsDirective).Cast<JsonObject>())
        {
            switch (directive.Text(StrategicMerge.Directive))
            {
                case "delete":
                    var gone = KeyOf(directive, key);
                    there.RemoveAll(entry => JsonNode.DeepEquals(KeyOf(entry, key), gone));
                    break;
                case "replace":
                    there.Clear();
                    break;
                default:
                    throw new PatchException(PatchProblem.Other, $"the directive {StrategicMerge.Directive} is not used as it has to be in a list");
            }
        }

        var wanted = (order?.ToList() ?? changes).ConvertAll(entry => KeyOf(entry, key)?.DeepClone());
        var before = there.ConvertAll(entry => KeyOf(entry, key)?.DeepClone());
        original.Clear();
        patch.Clear();
        foreach (var change in changes)
        {
            var at = there.FindIndex(entry => JsonNode.DeepEquals(KeyOf(entry, key), KeyOf(change, key)));
            if (at < 0)
            {
                there.Add(change);
            }
            else if (change is JsonObject map)
            {
                there[at] = StrategicMerge.Merge((JsonObject)there[at]!, map, how.Shape);
            }
        }

        return Sorted(there, key, wanted, before);
    }

    // Entries that the patch names come in its order; the others stay before those that they were before.
    private static JsonArray Sorted(List<JsonNode?> entries, string key, List<JsonNode?> wanted, List<JsonNode?> before)
    {
        var named = entries.Where(entry => Place(wanted, entry) >= 0).OrderBy(entry => Place(wanted, entry)).ToList();
        var others = new Queue<JsonNode?>(entries.Where(entry => Place(wanted, entry) < 0));
        var sorted = new JsonArray();
        foreach (var entry in named)
        {
            while (others.TryPeek(out var other) && Place(before, other) is >= 0 and var place && place < Place(before, entry))
            {
                sorted.Add(others.Dequeue());
            }

            sorted.Add(entry);
        }

        while (others.TryDequeue(out var other))
        {
            sorted.Add(other);
        }

        return sorted;

        int Place(List<JsonNode?> keys, JsonNode? entry) => keys.FindIndex(one => JsonNode.DeepEquals(one, KeyOf(entry, key)));
    }

    private static bool IsDirective(JsonNode? entry) => entry is JsonObject map && map.ContainsKey(StrategicMerge.Directive);

    private static JsonNode? KeyOf(JsonNode? entry, string key) => key.Length == 0 ? entry
        : entry is JsonObject map && map.TryGetPropertyValue(key, out var value) ? value
        : throw new PatchException(PatchProblem.Other, $"an entry of a list has no \"{key}\", which tells the entries apart");
}
