using System.Text;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Definitions;
using Aeos.Server.Resources;

namespace Aeos.Server.Installation;

/// <summary>
/// Removes Velero's resources in one namespace, and their definitions where nobody else needs them. No server runs any more, so finalizers are taken off: what they wait for
/// would not come.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="namespace">The namespace.</param>
internal sealed class RemovedDefinitions(KubernetesClient cluster, string @namespace)
{
    private static readonly ReadOnlyMemory<byte> NoFinalizers = Encoding.UTF8.GetBytes("""{"metadata":{"finalizers":null}}""");

    public async Task RemoveAsync(List<string> removed, List<string> left, CancellationToken cancellationToken)
    {
        var catalog = await cluster.DiscoverAsync(cancellationToken).ConfigureAwait(false);
        var elsewhere = await OtherServerAsync(cancellationToken).ConfigureAwait(false);
        foreach (var definition in VeleroDefinitions.Resources)
        {
            if (catalog.FindExact(VeleroTypes.Group, definition.Plural) is { } type)
            {
                elsewhere = await RemoveResourcesAsync(type, removed, cancellationToken).ConfigureAwait(false) ?? elsewhere;
            }
        }

        foreach (var definition in VeleroDefinitions.Resources)
        {
            var there = await cluster.TryGetAsync(WellKnownResources.CustomResourceDefinitions, null, definition.Name, cancellationToken).ConfigureAwait(false);
            if (there is null || !Ownership.IsOurs(there) || elsewhere is not null)
            {
                continue;
            }

            await DeleteAsync(WellKnownResources.CustomResourceDefinitions, there, cancellationToken).ConfigureAwait(false);
            removed.Add($"{there.Kind} {there.Name}");
        }

        if (elsewhere is not null)
        {
            left.Add($"the definitions of {VeleroTypes.Group}: the namespace {elsewhere} uses them");
        }
    }

    // Gives a namespace that has such resources too.
    private async Task<string?> RemoveResourcesAsync(ApiResource type, List<string> removed, CancellationToken cancellationToken)
    {
        string? elsewhere = null;
        var ours = new List<KubernetesObject>();
        await foreach (var item in cluster.List(type, new ListOptions()).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (item.Namespace == @namespace)
            {
                ours.Add(item);
            }
            else
            {
                elsewhere = item.Namespace;
            }
        }

        foreach (var item in ours)
        {
            if (item.Metadata.Finalizers.Count > 0)
            {
                await PatchAsync(type, item, cancellationToken).ConfigureAwait(false);
            }

            await DeleteAsync(type, item, cancellationToken).ConfigureAwait(false);
        }

        if (ours.Count > 0)
        {
            removed.Add($"{ours.Count} {type.Name}.{VeleroTypes.Group}");
        }

        return elsewhere;
    }

    private async Task<string?> OtherServerAsync(CancellationToken cancellationToken)
    {
        string? other = null;
        await foreach (var deployment in cluster.List(InstalledTypes.Deployments).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (deployment.Namespace != @namespace && (ForeignVelero.Is(deployment) || (deployment.Name == ServerDeployment.Name && Ownership.IsOurs(deployment))))
            {
                other = deployment.Namespace;
            }
        }

        return other;
    }

    private async Task PatchAsync(ApiResource type, KubernetesObject item, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.PatchAsync(type, item.Namespace, item.Name, PatchType.Merge, NoFinalizers, null, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound)
        {
            // It had only waited for that.
        }
    }

    private async Task DeleteAsync(ApiResource type, KubernetesObject item, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.DeleteAsync(type, item.Namespace, item.Name, new DeleteOptions { Uid = item.Metadata.Uid }, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound)
        {
            // Somebody was faster.
        }
    }
}
