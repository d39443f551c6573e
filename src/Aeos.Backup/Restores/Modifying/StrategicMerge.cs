using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>
/// Merges an object with a strategic merge patch: field by field, lists by their keys where the type has one, with the directives <c>$patch</c>,
/// <c>$retainKeys</c>, <c>$deleteFromPrimitiveList</c> and <c>$setElementOrder</c> (k8s.io/apimachinery 0.36, pkg/util/strategicpatch).
/// </summary>
internal static class StrategicMerge
{
    internal const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeleteFrom = "$deleteFromPrimitiveList/";
    private const string ElementOrder = "$setElementOrder/";

    /// <summary>Merges; both trees are used up.</summary>
    /// <exception cref="PatchException">A directive is not known, or a list's entry lacks its key.</exception>
    public static JsonObject Merge(JsonObject original, JsonObject patch, MergeShape shape)
    {
        if (patch.ContainsKey(Directive))
        {
            return Whole(patch);
        }

        KeepNamed(original, patch);
        foreach (var name in patch.Select(static pair => pair.Key).Where(static name => name.StartsWith(ElementOrder, StringComparison.Ordinal)).ToList())
        {
            MergeOrdered(original, patch, name, shape);
        }

        foreach (var (name, value) in patch.ToList())
        {
            patch.Remove(name);
            if (name.StartsWith(DeleteFrom, StringComparison.Ordinal))
            {
                Subtract(original, name[DeleteFrom.Length..], value);
            }
            else
            {
                MergeField(original, name, value, shape[name]);
            }
        }

        return original;
    }

    private static void MergeField(JsonObject original, string name, JsonNode? value, MergeField how)
    {
        switch (value, original[name])
        {
            case (null, _):
                original.Remove(name);
                break;
            case (JsonObject patch, JsonObject there):
                original[name] = how.IsReplaced ? patch : Merge(Detached(original, name, there), patch, how.Shape);
                break;
            case (JsonArray patch, JsonArray there) when how.Key is not null:
                original[name] = StrategicList.Merge(there, patch, how);
                break;
            case (JsonArray patch, JsonArray):
                original[name] = patch;
                break;
            default:
                if (PatchOnly.Kept(value, out var kept))
                {
                    original[name] = kept;
                }
                else
                {
                    original.Remove(name);
                }

                break;
        }
    }

    private static JsonObject Whole(JsonObject patch)
    {
        var directive = patch.Text(Directive);
        patch.Remove(Directive);
        return directive switch
        {
            "replace" => patch,
            "delete" => [],
            _ => throw new PatchException(PatchProblem.Other, $"the directive {Directive} has the unknown value \"{directive}\""),
        };
    }

    // $retainKeys: what a union had before makes way for what it gets.
    private static void KeepNamed(JsonObject original, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(RetainKeys, out var list))
        {
            return;
        }

        patch.Remove(RetainKeys);
        var keys = (list as JsonArray ?? throw Misused(RetainKeys)).Select(static key => $"{key}").ToHashSet(StringComparer.Ordinal);
        if (patch.Any(pair => pair.Value is not null && !pair.Key.StartsWith('$') && !keys.Contains(pair.Key)))
        {
            throw Misused(RetainKeys);
        }

        foreach (var name in original.Select(static pair => pair.Key).Where(name => !keys.Contains(name)).ToList())
        {
            original.Remove(name);
        }
    }

    private static void MergeOrdered(JsonObject original, JsonObject patch, string directive, MergeShape shape)
    {
        var order = patch[directive] as JsonArray ?? throw Misused(directive);
        var name = directive[ElementOrder.Length..];
        patch.Remove(directive);
        if (shape[name].Key is null || (original[name] ?? patch[name]) is null)
        {
            return;
        }

        var there = original[name] as JsonArray ?? [];
        var changes = patch[name] as JsonArray ?? [];
        patch.Remove(name);
        original[name] = StrategicList.Merge(there, changes, shape[name], order);
    }

    private static void Subtract(JsonObject original, string name, JsonNode? values)
    {
        if (original[name] is JsonArray list)
        {
            var gone = values as JsonArray ?? throw Misused(DeleteFrom + name);
            list.RemoveAll(entry => gone.Any(value => JsonNode.DeepEquals(entry, value)));
        }
    }

    private static JsonObject Detached(JsonObject from, string name, JsonObject child)
    {
        from.Remove(name);
        return child;
    }

    private static PatchException Misused(string directive) => new(PatchProblem.Other, $"the directive {directive} is not used as it has to be");
}
