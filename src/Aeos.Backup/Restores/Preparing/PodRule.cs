using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Pods: not bound to a node, of the priority that their class has now, without the token volumes of before Kubernetes 1.22; their claims and their
/// priority class go before them (Velero 1.18, pod_action.go, add_pvc_from_pod_action.go, pkg/restore/restore.go).
/// </summary>
internal sealed class PodRule : IItemRule
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    public ValueTask<Omission?> OmissionAsync(JsonObject item, CancellationToken cancellationToken) => new(
        item.Child("status").Text("phase") is "Failed" or "Succeeded" ? new Omission("it is completed", IsListed: false)
        : item.Child("metadata").Child("annotations").Text(MirrorAnnotation).Length > 0 ? new Omission("it is a mirror pod") : null);

    public IEnumerable<ItemKey> Companions(JsonObject item)
    {
        var spec = item.Child("spec");
        foreach (var volume in spec.Children("volumes"))
        {
            if (volume.Child("persistentVolumeClaim") is { } claim)
            {
                yield return new ItemKey(TypeNames.Claims, item.Child("metadata").Text("namespace"), claim.Text("claimName"));
            }
        }

        if (spec.Text("priorityClassName") is { Length: > 0 } priority)
        {
            yield return new ItemKey(TypeNames.PriorityClasses, "", priority);
        }
    }

    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        if (item.Child("spec") is { } spec)
        {
            spec.Drop("nodeName", "priority");
            var prefix = $"{spec.Text("serviceAccountName")}-token-";
            NamedEntries.Remove(spec, "volumes", IsToken);
            foreach (var container in spec.Children("containers").Concat(spec.Children("initContainers")))
            {
                NamedEntries.Remove(container, "volumeMounts", IsToken);
            }

            bool IsToken(string name) => name.StartsWith(prefix, StringComparison.Ordinal);
        }

        return ValueTask.CompletedTask;
    }
}
