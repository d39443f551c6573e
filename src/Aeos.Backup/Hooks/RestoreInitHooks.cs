using System.Text.Json.Nodes;
using Aeos.Backup.Reporting;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Hooks;

/// <summary>
/// Puts init containers into pods before they are created (Velero 1.18, pkg/restore/actions/init_restorehook_pod_action.go): that of a pod's annotations, or
/// else those of the restore's spec. They come first, but after the container that waits for volumes' data.
/// </summary>
internal sealed class RestoreInitHooks(RestoreHookPlan plan, OperationLog log)
{
    private const string WaitsForData = "restore-wait";

    /// <summary>Adds them.</summary>
    /// <param name="item">The pod as it is in the backup.</param>
    /// <param name="pod">Its tree, which is changed.</param>
    /// <param name="targetNamespace">The namespace that it is restored into.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async ValueTask AddAsync(KubernetesObject item, JsonObject pod, string targetNamespace, CancellationToken cancellationToken)
    {
        var annotated = RestoreHookAnnotations.FindInit(item.Metadata.Annotations);
        var added = annotated is null ? plan.InitFor(item, targetNamespace).ToList() : [annotated];
        if (added.Count == 0)
        {
            return;
        }

        var spec = pod.Ensure("spec");
        if (spec["initContainers"] is not JsonArray containers)
        {
            spec["initContainers"] = containers = [];
        }

        var first = containers is [JsonObject container, ..] && container.Text("name") == WaitsForData ? 1 : 0;
        foreach (var (index, node) in added.Index())
        {
            containers.Insert(first + index, node);
        }

        await log.InfoAsync(
            $"added {added.Count} init containers to the pod {targetNamespace}/{item.Name}, from the {(annotated is null ? "restore's spec" : "pod's annotations")}",
            cancellationToken).ConfigureAwait(false);
    }
}
