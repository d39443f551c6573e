using System.Collections.Concurrent;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Asks a cluster for the rules. What is there is remembered, what is missing is asked for again: it may come with the restore.</summary>
internal sealed class TargetCluster(KubernetesClient cluster) : ITargetCluster
{
    private readonly ConcurrentDictionary<string, bool> _storageClasses = new(StringComparer.Ordinal);

    public async ValueTask<IReadOnlyCollection<string>> AccountNamesAsync(string @namespace, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var list = cluster.List(WellKnownResources.ServiceAccounts, new ListOptions { Namespace = @namespace });
        await foreach (var account in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            names.Add(account.Name);
        }

        return names;
    }

    public async ValueTask<bool> HasStorageClassAsync(string name, CancellationToken cancellationToken)
    {
        if (_storageClasses.ContainsKey(name))
        {
            return true;
        }

        var there = await cluster.TryGetAsync(WellKnownResources.StorageClasses, null, name, cancellationToken).ConfigureAwait(false) is not null;
        return there && (_storageClasses[name] = true);
    }
}
