using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>Strategic merge patches (<c>strategicPatches</c>), one after the other.</summary>
internal sealed class StrategicPatch(IReadOnlyList<JsonObject> patches) : IObjectPatch
{
    public JsonObject Apply(JsonObject item)
    {
        var (apiVersion, kind) = (item.Text("apiVersion"), item.Text("kind"));
        var shape = BuiltInShapes.Of(apiVersion, kind) ?? throw new PatchException(
            PatchProblem.Other, $"{kind} of {apiVersion} is no built-in type: its lists have no known keys; use mergePatches or patches");
        return patches.Aggregate((JsonObject)item.DeepClone(), (changed, patch) => StrategicMerge.Merge(changed, (JsonObject)patch.DeepClone(), shape));
    }
}
