using System.Text.Json.Nodes;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Patching;

/// <summary>
/// Kubernetes' strategic merge: as a merge patch, but lists with a merge key merge entry by entry. Directives: <c>$patch</c> (replace,
/// delete), <c>$deleteFromPrimitiveList/NAME</c>, <c>$retainKeys</c>; <c>$setElementOrder/NAME</c> is taken and orders nothing.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";

    public static JsonObject Apply(JsonObject target, JsonObject patch, string? holder = null)
    {
        if (patch.Text(Directive) == "replace")
        {
            var whole = (JsonObject)patch.DeepClone();
            whole.Remove(Directive);
            return whole;
        }

        if (patch["$retainKeys"] is JsonArray)
        {
            foreach (var name in target.Select(p => p.Key).Except(patch.Texts("$retainKeys")).ToList())
            {
                target.Remove(name);
            }
        }

        foreach (var (name, value) in patch)
        {
            ApplyField(target, name, value, holder);
        }

        return target;
    }

    private static void ApplyField(JsonObject target, string name, JsonNode? value, string? holder)
    {
        if (name.StartsWith(DeletePrefix, StringComparison.Ordinal))
        {
            DeleteValues(target, name[DeletePrefix.Length..], value as JsonArray ?? []);
        }
        else if (name.StartsWith('$'))
        {
            // Directives that are read elsewhere, or that only set an order.
        }
        else if (value is null || (value is JsonObject gone && gone.Text(Directive) == "delete"))
        {
            target.Remove(name);
        }
        else if (value is JsonObject map)
        {
            target[name] = Apply(target[name] is JsonObject there ? (JsonObject)there.DeepClone() : [], map, name);
        }
        else if (value is JsonArray list && MergeKeys.Of(name, holder) is { } key)
        {
            target[name] = Merge(target[name] is JsonArray entries ? (JsonArray)entries.DeepClone() : [], list, key, name);
        }
        else
        {
            target[name] = value.DeepClone();
        }
    }

    private static JsonArray Merge(JsonArray target, JsonArray patch, string key, string name)
    {
        if (patch.OfType<JsonObject>().Any(p => p.Text(Directive) == "replace"))
        {
            return new JsonArray([.. patch.OfType<JsonObject>().Where(p => p.Text(Directive) is null).Select(p => p.DeepClone())]);
        }

        foreach (var entry in patch)
        {
            var index = IndexOf(target, entry, key);
            if (entry is JsonObject map && map.Text(Directive) == "delete")
            {
                if (index >= 0)
                {
                    target.RemoveAt(index);
                }
            }
            else if (index < 0)
            {
                target.Add(entry?.DeepClone());
            }
            else if (entry is JsonObject change && target[index] is JsonObject there)
            {
                target[index] = Apply((JsonObject)there.DeepClone(), change, name);
            }
        }

        return target;
    }

    private static int IndexOf(JsonArray target, JsonNode? entry, string key)
    {
        for (var i = 0; i < target.Count; i++)
        {
            if (key.Length == 0 ? JsonNode.DeepEquals(target[i], entry) : JsonNode.DeepEquals((target[i] as JsonObject)?[key], (entry as JsonObject)?[key]))
            {
                return i;
            }
        }

        return -1;
    }

    private static void DeleteValues(JsonObject target, string name, JsonArray values)
    {
        if (target[name] is JsonArray list)
        {
            target[name] = new JsonArray([.. list.Where(e => !values.Any(v => JsonNode.DeepEquals(v, e))).Select(e => e?.DeepClone())]);
        }
    }
}
