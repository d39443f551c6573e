using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Server.Installation;

/// <summary>Finds what would be lost with a namespace, and is not the server's: keys, credentials, volumes that may hold a bucket, and whatever else runs there.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="namespace">The namespace.</param>
internal sealed class NamespaceContent(KubernetesClient cluster, string @namespace)
{
    // Enough to see why it stays.
    private const int Shown = 5;

    public async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var type in new[]
        {
            WellKnownResources.Secrets, InstalledTypes.PersistentVolumeClaims, WellKnownResources.ConfigMaps, InstalledTypes.Deployments, WellKnownResources.Pods,
            InstalledTypes.Services,
        })
        {
            await foreach (var item in cluster.List(type, new ListOptions { Namespace = @namespace }).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (found.Count < Shown && !item.Metadata.IsBeingDeleted && !IsTheClusters(type, item))
                {
                    found.Add($"{type.Kind} {item.Name}");
                }
            }
        }

        return found;
    }

    // What every namespace has.
    private static bool IsTheClusters(ApiResource type, KubernetesObject item) =>
        (type.Kind == "ConfigMap" && item.Name is "kube-root-ca.crt" or "openshift-service-ca.crt") || (type.Kind == "Secret" && (string?)item.ToTree()["type"] == "kubernetes.io/service-account-token");
}
