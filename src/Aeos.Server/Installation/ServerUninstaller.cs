using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Leadership;

namespace Aeos.Server.Installation;

/// <summary>
/// Removes what <c>aeos install</c> made in one namespace and for it. The server goes first, so that nothing it would do to a bucket is done: no backup is touched.
/// Secrets with a key stay.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="namespace">The namespace.</param>
/// <param name="time">What waits.</param>
public sealed class ServerUninstaller(KubernetesClient cluster, string @namespace, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<string> _removed = [];
    private readonly List<string> _left = [];

    /// <summary>Uninstalls. Once more after a failure it goes on where that was.</summary>
    /// <param name="cancellationToken">Cancels it; what is removed stays so.</param>
    /// <exception cref="AeosException">There is nothing of aeos's in the namespace.</exception>
    /// <exception cref="KubernetesException">The cluster refuses it or cannot be reached.</exception>
    public async Task<UninstallReport> UninstallAsync(CancellationToken cancellationToken)
    {
        if (!await IsOursAsync(InstalledTypes.Deployments, ServerDeployment.Name, cancellationToken).ConfigureAwait(false)
            && !await IsOursAsync(InstalledTypes.Services, ServerServices.Downloads, cancellationToken).ConfigureAwait(false))
        {
            throw new AeosException(
                $"aeos install made nothing in the namespace {@namespace}", $"Name the right one with --namespace: kubectl get deployments -A -l {Ownership.Selector}");
        }

        await RemoveAsync(InstalledTypes.Deployments, @namespace, static _ => true, cancellationToken).ConfigureAwait(false);
        await AwaitNoPodsAsync(cancellationToken).ConfigureAwait(false);
        await new RemovedDefinitions(cluster, @namespace).RemoveAsync(_removed, _left, cancellationToken).ConfigureAwait(false);
        foreach (var type in new[] { InstalledTypes.ClusterRoleBindings, InstalledTypes.ClusterRoles })
        {
            await RemoveAsync(type, null, item => item.Name == ServerPermissions.BackupRole(@namespace) || item.Name == ServerPermissions.RestoreRole(@namespace), cancellationToken)
                .ConfigureAwait(false);
        }

        foreach (var type in new[] { InstalledTypes.RoleBindings, InstalledTypes.Roles, InstalledTypes.ServiceAccounts, InstalledTypes.Services })
        {
            await RemoveAsync(type, @namespace, static _ => true, cancellationToken).ConfigureAwait(false);
        }

        await RemoveAsync(WellKnownResources.Secrets, @namespace, static secret => !HoldsKey(secret), cancellationToken).ConfigureAwait(false);
        await DeleteAsync(Lease.Resource, @namespace, Lease.Name, cancellationToken).ConfigureAwait(false);
        await RemoveNamespaceAsync(cancellationToken).ConfigureAwait(false);
        return new UninstallReport(_removed, _left);
    }

    private async Task<bool> IsOursAsync(ApiResource type, string name, CancellationToken cancellationToken)
        => await cluster.TryGetAsync(type, @namespace, name, cancellationToken).ConfigureAwait(false) is { } there && Ownership.IsOurs(there);

    private async Task RemoveAsync(ApiResource type, string? ns, Func<KubernetesObject, bool> isMeant, CancellationToken cancellationToken)
    {
        var ours = new List<string>();
        await foreach (var item in cluster.List(type, new ListOptions { Namespace = ns, LabelSelector = Ownership.Selector }).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (isMeant(item))
            {
                ours.Add(item.Name);
            }
        }

        foreach (var name in ours)
        {
            await DeleteAsync(type, ns, name, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeleteAsync(ApiResource type, string? ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.DeleteAsync(type, ns, name, new DeleteOptions { PropagationPolicy = "Background" }, cancellationToken).ConfigureAwait(false);
            _removed.Add($"{type.Kind} {name}");
        }
        catch (KubernetesApiException refusal) when (refusal.IsNotFound)
        {
            // Somebody was faster.
        }
    }

    private async Task RemoveNamespaceAsync(CancellationToken cancellationToken)
    {
        if (await cluster.TryGetAsync(WellKnownResources.Namespaces, null, @namespace, cancellationToken).ConfigureAwait(false) is not { } there)
        {
            return;
        }

        if (!Ownership.IsOurs(there))
        {
            _left.Add($"the namespace {@namespace}: aeos did not make it");
            return;
        }

        var others = await new NamespaceContent(cluster, @namespace).FindAsync(cancellationToken).ConfigureAwait(false);
        if (others.Count > 0)
        {
            _left.Add($"the namespace {@namespace}, for what is in it: {string.Join(", ", others)}");
            return;
        }

        await DeleteAsync(WellKnownResources.Namespaces, null, @namespace, cancellationToken).ConfigureAwait(false);
        if (!await IsGoneAsync(
            async () => await cluster.TryGetAsync(WellKnownResources.Namespaces, null, @namespace, cancellationToken).ConfigureAwait(false) is null, cancellationToken).ConfigureAwait(false))
        {
            _left.Add($"the namespace {@namespace}, which is still going away after 2 minutes: kubectl describe namespace {@namespace} says why");
        }
    }

    private async Task AwaitNoPodsAsync(CancellationToken cancellationToken)
    {
        var options = new ListOptions { Namespace = @namespace, LabelSelector = "app.kubernetes.io/name=aeos,app.kubernetes.io/component=server" };
        if (!await IsGoneAsync(
            async () => await FirstAsync(cluster.List(WellKnownResources.Pods, options), cancellationToken).ConfigureAwait(false) is null, cancellationToken).ConfigureAwait(false))
        {
            throw new KubernetesTimeoutException(
                "the server's pod is still there 2 minutes after the server was removed",
                $"See why, and run the command again: kubectl -n {@namespace} describe pods -l {options.LabelSelector}");
        }
    }

    private async Task<bool> IsGoneAsync(Func<Task<bool>> look, CancellationToken cancellationToken)
    {
        for (var until = time.GetUtcNow() + Patience; time.GetUtcNow() < until;)
        {
            if (await look().ConfigureAwait(false))
            {
                return true;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private static async Task<KubernetesObject?> FirstAsync(ResourceList list, CancellationToken cancellationToken)
    {
        await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            return item;
        }

        return null;
    }

    private static bool HoldsKey(KubernetesObject secret) => secret.ToTree()["data"]?[KeySecret.Field] is not null;
}
