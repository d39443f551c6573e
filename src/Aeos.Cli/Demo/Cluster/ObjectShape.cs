using System.Text.Json.Nodes;
using Aeos.Kubernetes.Objects;

namespace Aeos.Cli.Demo.Cluster;

/// <summary>What of an object a restore must bring back: all but what the API server itself gives to each new object, and the marks of the restore.</summary>
internal static class ObjectShape
{
    /// <summary>What is not compared, for people.</summary>
    public const string LeftOut = "uid, resourceVersion, generation, timestamps, status, cluster IPs, and the two labels that mark what was restored";

    private static readonly string[] ServerMetadata = ["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink"];
    private static readonly string[] ServerSpec = ["clusterIP", "clusterIPs"];
    private static readonly string[] RestoreLabels = ["velero.io/backup-name", "velero.io/restore-name"];

    public static JsonObject Of(KubernetesObject item)
    {
        var tree = item.ToTree();
        tree.Remove("status");
        var metadata = tree["metadata"] as JsonObject;
        Remove(metadata, ServerMetadata);
        if (metadata?["labels"] is JsonObject labels)
        {
            Remove(labels, RestoreLabels);
            if (labels.Count == 0)
            {
                metadata.Remove("labels");
            }
        }

        if (item.Kind == "Service")
        {
            Remove(tree["spec"] as JsonObject, ServerSpec);
        }

        return tree;
    }

    private static void Remove(JsonObject? node, string[] names)
    {
        foreach (var name in names)
        {
            node?.Remove(name);
        }
    }
}
