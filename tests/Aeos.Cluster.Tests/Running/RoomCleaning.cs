using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;

namespace Aeos.Cluster.Tests.Running;

/// <summary>Removes from a real cluster what has a test's mark in its name: namespaces first, then everything else that is in none.</summary>
internal sealed class RoomCleaning(KubernetesClient client, string mark)
{
    public async Task RunAsync()
    {
        var catalog = await client.DiscoverAsync();
        var types = catalog.PreferredResources.Where(static type => type.Supports("list", "delete")).ToList();
        foreach (var type in types.Where(static type => !type.Namespaced).OrderBy(static type => type.GroupResource == "namespaces" ? 0 : 1))
        {
            // A type that a definition brought may be gone by now.
            await QuietlyAsync(async () =>
            {
                await foreach (var item in client.List(type))
                {
                    if (item.Name.Contains(mark, StringComparison.Ordinal))
                    {
                        await RemoveAsync(type, item);
                    }
                }
            });
        }
    }

    private async Task RemoveAsync(ApiResource type, KubernetesObject item)
    {
        await QuietlyAsync(() => client.DeleteAsync(type, null, item.Name));
        await ReleaseAsync(type, item);
        if (type.GroupResource == "namespaces")
        {
            await foreach (var held in client.List(WellKnownResources.ConfigMaps, new ListOptions { Namespace = item.Name }))
            {
                await ReleaseAsync(WellKnownResources.ConfigMaps, held);
            }
        }
    }

    // Only what the tests themselves hold: the cluster's own finalizers are its controllers' business.
    private async Task ReleaseAsync(ApiResource type, KubernetesObject item)
    {
        if (item.Metadata.Finalizers.Contains(ClusterRoom.Finalizer))
        {
            await QuietlyAsync(() => client.PatchAsync(type, item.Namespace, item.Name, PatchType.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray()));
        }
    }

    private static async Task QuietlyAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound || refusal.IsConflict || refusal.IsMethodNotSupported)
        {
        }
    }
}
