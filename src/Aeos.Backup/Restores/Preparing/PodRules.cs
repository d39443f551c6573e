using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Pods: not bound to a node, without the token volumes of before Kubernetes 1.22 (Velero 1.18, pod_action.go).</summary>
internal static class PodRules
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    /// <summary>Why a pod is not restored; null when it is.</summary>
    public static string? SkipReason(JsonObject pod) =>
        pod.Child("status").Text("phase") is "Failed" or "Succeeded" ? "it is completed"
        : pod.Child("metadata").Child("annotations").Text(MirrorAnnotation).Length > 0 ? "it is a mirror pod" : null;

    public static void Apply(JsonObject pod)
    {
        if (pod.Child("spec") is not { } spec)
        {
            return;
        }

        spec.Drop("nodeName", "priority");
        var prefix = $"{spec.Text("serviceAccountName")}-token-";
        RemoveNamed(spec, "volumes", prefix);
        foreach (var container in spec.Children("containers").Concat(spec.Children("initContainers")))
        {
            RemoveNamed(container, "volumeMounts", prefix);
        }
    }

    private static void RemoveNamed(JsonObject of, string list, string prefix)
    {
        if (of[list] is JsonArray array)
        {
            array.RemoveAll(item => (item as JsonObject).Text("name").StartsWith(prefix, StringComparison.Ordinal));
        }
    }
}
