using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Preparing;

namespace Aeos.Backup.Hooks;

/// <summary>
/// Puts init containers into pods before they are created (Velero 1.18, init_restorehook_pod_action.go): that of a pod's annotations, or else those of the
/// restore's spec. They come first, but after the container that waits for volumes' data.
/// </summary>
/// <param name="plan">The spec's hooks.</param>
/// <param name="mappings">Namespaces that get another name; the new one decides which hooks a pod gets.</param>
internal sealed class RestoreInitHooks(RestoreHookPlan plan, IReadOnlyDictionary<string, string> mappings) : IItemRule
{
    private const string WaitsForData = "restore-wait";

    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        var metadata = item.Child("metadata");
        var source = metadata.Text("namespace");
        List<JsonNode> added = RestoreHookAnnotations.FindInit(metadata.Texts("annotations")) is { } annotated
            ? [annotated]
            : [.. plan.InitFor(mappings.GetValueOrDefault(source, source), metadata.Texts("labels"))];
        if (added.Count > 0)
        {
            Insert(item.Ensure("spec"), added);
        }

        return ValueTask.CompletedTask;
    }

    private static void Insert(JsonObject spec, List<JsonNode> added)
    {
        if (spec["initContainers"] is not JsonArray containers)
        {
            spec["initContainers"] = containers = [];
        }

        var first = containers is [JsonObject container, ..] && container.Text("name") == WaitsForData ? 1 : 0;
        foreach (var (index, node) in added.Index())
        {
            containers.Insert(first + index, node);
        }
    }
}
