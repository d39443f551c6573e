using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Writing;

/// <summary>What keeps a deleted object until somebody has cleaned up behind it.</summary>
internal static class Finalizers
{
    public const string Foreground = "foregroundDeletion";

    public static bool Hold(ResourceType type, JsonObject node) =>
        node.Metadata().Texts("finalizers").Any() || (IsNamespace(type) && node.Child("spec").Texts("finalizers").Any());

    public static void Add(JsonObject node, string finalizer)
    {
        var list = node.Metadata().EnsureArray("finalizers");
        if (!node.Metadata().Texts("finalizers").Contains(finalizer))
        {
            list.Add((JsonNode)finalizer);
        }
    }

    /// <summary>Takes a finalizer away; the list goes with its last entry.</summary>
    public static bool Remove(JsonObject node, string finalizer)
    {
        var metadata = node.Metadata();
        var left = metadata.Texts("finalizers").Where(f => f != finalizer).ToList();
        var removed = left.Count != metadata.Texts("finalizers").Count();
        if (left.Count == 0)
        {
            metadata.Remove("finalizers");
        }
        else
        {
            metadata["finalizers"] = JsonNavigation.ToArray(left);
        }

        return removed;
    }

    // A namespace is also held by the finalizers of its specification, which only the finalize subresource changes.
    private static bool IsNamespace(ResourceType type) => type is { Group: "", Plural: "namespaces" };
}
