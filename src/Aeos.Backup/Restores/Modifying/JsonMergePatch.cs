using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>JSON merge patches (<c>mergePatches</c>, RFC 7386), one after the other.</summary>
internal sealed class JsonMergePatch(IReadOnlyList<JsonObject> patches) : IObjectPatch
{
    public JsonObject Apply(JsonObject item)
    {
        var changed = (JsonObject)item.DeepClone();
        foreach (var patch in patches)
        {
            Merge(changed, patch);
        }

        return changed;
    }

    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case null:
                    into.Remove(name);
                    break;
                case JsonObject inner:
                    if (into[name] is not JsonObject there)
                    {
                        into[name] = there = [];
                    }

                    Merge(there, inner);
                    break;
                default:
                    into[name] = value.DeepClone();
                    break;
            }
        }
    }
}
