using System.Text.Json.Nodes;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;

namespace Aeos.Cluster.Tests.Running;

/// <summary>Short forms of what tests ask of lists and trees.</summary>
internal static class Reading
{
    public static async Task<List<KubernetesObject>> ToListAsync(this ResourceList list, CancellationToken cancellationToken = default)
    {
        var items = new List<KubernetesObject>();
        await foreach (var item in list.WithCancellation(cancellationToken))
        {
            items.Add(item);
        }

        return items;
    }

    /// <summary>What is at a path of names and indexes; null where there is nothing.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<object> path)
    {
        foreach (var step in path)
        {
            node = (node, step) switch
            {
                (JsonObject tree, string name) => tree[name],
                (JsonArray array, int index) when index < array.Count => array[index],
                _ => null,
            };
        }

        return node;
    }

    public static bool HasCondition(this JsonObject? item, string type)
        => item.At("status", "conditions") is JsonArray conditions && conditions.Any(one => $"{one.At("type")}" == type && $"{one.At("status")}" == "True");
}
