namespace Aeos.Backup.Restores.Preparing;

/// <summary>What the rules ask the cluster that is restored into.</summary>
internal interface ITargetCluster
{
    /// <summary>The names of a namespace's service accounts; none when there is no such namespace.</summary>
    /// <exception cref="Kubernetes.Errors.KubernetesException">They cannot be listed.</exception>
    ValueTask<IReadOnlyCollection<string>> AccountNamesAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>Whether there is a storage class of this name.</summary>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster does not say.</exception>
    ValueTask<bool> HasStorageClassAsync(string name, CancellationToken cancellationToken);
}
