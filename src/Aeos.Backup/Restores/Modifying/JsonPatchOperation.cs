using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>One operation of a JSON patch (RFC 6902).</summary>
/// <param name="Kind">Its name, in lower case.</param>
/// <param name="From">Where <c>move</c> and <c>copy</c> take the value from.</param>
/// <param name="Path">What is changed or tested.</param>
/// <param name="Value">What is added or tested for.</param>
internal sealed record JsonPatchOperation(string Kind, JsonPointer From, JsonPointer Path, JsonNode? Value)
{
    /// <summary>The operations that there are.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["add", "remove", "replace", "move", "copy", "test"];

    /// <summary>Changes an object.</summary>
    /// <returns>The object: another one where the operation replaces it whole.</returns>
    /// <exception cref="PatchException">The operation does not fit the object.</exception>
    public JsonObject Apply(JsonObject item)
    {
        switch (Kind)
        {
            case "test":
                Test(item);
                return item;
            case "add" or "replace" when Path.IsRoot:
                return Value?.DeepClone() as JsonObject ?? throw new PatchException(PatchProblem.Other, "only an object can replace an object");
            case "add":
                Path.Add(item, Value?.DeepClone());
                return item;
            case "replace":
                Path.Replace(item, Value?.DeepClone());
                return item;
            case "copy":
                Path.Add(item, From.Get(item)?.DeepClone());
                return item;
            case "move":
                var moved = From.Get(item)?.DeepClone();
                From.Remove(item);
                Path.Add(item, moved);
                return item;
            default:
                Path.Remove(item);
                return item;
        }
    }

    /// <summary>Tests an object; a field that is missing is as good as null.</summary>
    /// <exception cref="PatchException">The value is another, or the path leads nowhere.</exception>
    public void Test(JsonObject item)
    {
        if (!JsonNode.DeepEquals(Path.GetOrNull(item), Value))
        {
            throw new PatchException(PatchProblem.TestFailed, $"\"{Path}\" has another value than was tested for");
        }
    }
}
