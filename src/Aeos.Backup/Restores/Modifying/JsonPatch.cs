using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>A JSON patch (<c>patches</c>): all of its operations or none.</summary>
internal sealed class JsonPatch(IReadOnlyList<JsonPatchOperation> operations) : IObjectPatch
{
    public JsonObject? Apply(JsonObject item)
    {
        var changed = (JsonObject)item.DeepClone();
        try
        {
            foreach (var operation in operations)
            {
                changed = operation.Apply(changed);
            }

            return changed;
        }
        catch (PatchException failure) when (failure.Problem is PatchProblem.TestFailed)
        {
            return null;
        }
    }
}
