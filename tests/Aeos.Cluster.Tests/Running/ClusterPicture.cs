using System.Text.Json.Nodes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;

namespace Aeos.Cluster.Tests.Running;

/// <summary>
/// What a test's namespaces and definitions hold, object by object, without what each creation makes anew: for comparing before with after.
/// </summary>
internal sealed class ClusterPicture
{
    // Made by controllers, under names or with times of their own.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "events", "events.events.k8s.io", "endpoints", "endpointslices.discovery.k8s.io", "leases.coordination.k8s.io", "controllerrevisions.apps",
    };

    private static readonly string[] MadeAnew =
        ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink", "ownerReferences", "generateName"];

    private readonly SortedDictionary<string, string> _objects = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _objects.Keys;

    /// <summary>Looks at namespaces, and at everything in no namespace that has the room's mark in its name.</summary>
    public static async Task<ClusterPicture> TakeAsync(ClusterRoom room, params string[] namespaces)
    {
        var picture = new ClusterPicture();
        var types = (await room.Client.DiscoverAsync()).PreferredResources.Where(static type => type.Supports("list", "get", "create", "delete"));
        foreach (var type in types.Where(static type => !Ignored.Contains(type.GroupResource)))
        {
            foreach (var scope in type.Namespaced ? namespaces : [""])
            {
                await picture.AddAsync(room, type, scope);
            }
        }

        return picture;
    }

    /// <summary>Compares, once what controllers still do to the cluster is done.</summary>
    public async Task ShouldBeThereAgainAsync(ClusterRoom room, params string[] namespaces)
    {
        ClusterPicture now;
        var until = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        do
        {
            now = await TakeAsync(room, namespaces);
        }
        while (!now._objects.SequenceEqual(_objects) && ClusterRoom.IsReal && DateTime.UtcNow < until);

        now.Names.ShouldBe(Names);
        foreach (var (name, content) in _objects)
        {
            now._objects[name].Split('\n').Except(content.Split('\n')).ShouldBeEmpty(name);
            content.Split('\n').Except(now._objects[name].Split('\n')).ShouldBeEmpty(name);
        }
    }

    private async Task AddAsync(ClusterRoom room, ApiResource type, string scope)
    {
        try
        {
            await foreach (var item in room.Client.List(type, new ListOptions { Namespace = scope }))
            {
                if ((scope.Length > 0 || item.Name.Contains(room.Mark, StringComparison.Ordinal)) && !item.Metadata.IsBeingDeleted)
                {
                    _objects.Add(item.Namespace.Length == 0 ? $"{type.GroupResource}/{item.Name}" : $"{type.GroupResource}/{item.Namespace}/{item.Name}", Reduced(item.ToTree()));
                }
            }
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound)
        {
            // A type of another test, which was removed since discovery.
        }
    }

    private static string Reduced(JsonObject item)
    {
        var metadata = (JsonObject)item["metadata"]!;
        Remove(metadata, MadeAnew);
        Remove(metadata["labels"], "velero.io/backup-name", "velero.io/restore-name");
        if (metadata["labels"] is JsonObject { Count: 0 })
        {
            metadata.Remove("labels");
        }

        item.Remove("status");
        switch ((string?)item["kind"])
        {
            case "ConfigMap" when $"{metadata["name"]}".EndsWith(".crt", StringComparison.Ordinal):
                // The cluster's own certificates, which it puts into each namespace.
                item.Remove("data");
                break;
            case "Service":
                Remove(item["spec"], "clusterIP", "clusterIPs", "healthCheckNodePort");
                break;
            case "Secret" when (string?)item["type"] == "kubernetes.io/service-account-token":
                Remove(item["data"], "token");
                Remove(metadata["annotations"], "kubernetes.io/service-account.uid");
                break;
            case "Job":
                Remove(item.At("spec", "selector", "matchLabels"), "controller-uid", "batch.kubernetes.io/controller-uid");
                Remove(item.At("spec", "template", "metadata", "labels"), "controller-uid", "batch.kubernetes.io/controller-uid");
                break;
        }

        var lines = new List<string>();
        Flatten(item, "", lines);
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private static void Remove(JsonNode? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            (node as JsonObject)?.Remove(name);
        }
    }

    // A line for each leaf, so that a difference is told by its path.
    private static void Flatten(JsonNode? node, string path, List<string> lines)
    {
        if (node is JsonObject { Count: > 0 } tree)
        {
            foreach (var (name, value) in tree)
            {
                Flatten(value, $"{path}.{name}", lines);
            }
        }
        else if (node is JsonArray { Count: > 0 } array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                Flatten(array[i], $"{path}[{i}]", lines);
            }
        }
        else
        {
            lines.Add($"{path} = {node?.ToJsonString()}");
        }
    }
}
