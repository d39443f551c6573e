using System.Text.Json.Nodes;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;

namespace Aeos.Cli.Demo.Cluster;

/// <summary>All objects of the sample application at one moment, to be compared with those of another.</summary>
internal sealed class ClusterPicture
{
    /// <summary>The verdict on an object that is as it was.</summary>
    public const string Equal = "equal";

    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);

    private ClusterPicture()
    {
    }

    /// <summary>How many objects there are.</summary>
    public int Count => _objects.Count;

    /// <summary>Reads every object in the sample's namespace, the namespace, and the definition. What controllers made by themselves is left out.</summary>
    public static async Task<ClusterPicture> TakeAsync(KubernetesClient client, CancellationToken cancellationToken)
    {
        var picture = new ClusterPicture();
        var catalog = await client.DiscoverAsync(cancellationToken).ConfigureAwait(false);
        foreach (var type in catalog.PreferredResources.Where(static type => type.Supports("list", "get", "create", "delete") && !IsMadeByControllers(type)))
        {
            var list = type.Namespaced ? client.List(type, new ListOptions { Namespace = SampleApplication.Namespace }) : client.List(type);
            await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (type.Namespaced || Belongs(item))
                {
                    picture._objects.Add($"{item.Kind} {item.Name}", ObjectShape.Of(item));
                }
            }
        }

        return picture;
    }

    /// <summary>Compares each object of this picture, and names those that came on top.</summary>
    public IEnumerable<(string Name, string Verdict)> CompareWith(ClusterPicture other)
    {
        foreach (var (name, before) in _objects)
        {
            yield return (name, !other._objects.TryGetValue(name, out var after) ? "missing" : JsonNode.DeepEquals(before, after) ? Equal : "different");
        }

        foreach (var name in other._objects.Keys.Where(name => !_objects.ContainsKey(name)))
        {
            yield return (name, "was not there before");
        }
    }

    private static bool Belongs(KubernetesObject item) =>
        (item.Kind, item.Name) is ("Namespace", SampleApplication.Namespace) or ("CustomResourceDefinition", SampleApplication.Definition);

    private static bool IsMadeByControllers(ApiResource type) => type.GroupResource is "events" or "events.events.k8s.io" or "endpoints" or "endpointslices.discovery.k8s.io";
}
