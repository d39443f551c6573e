using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups.Actions;

/// <summary>What is done to items of one type before they are written: Velero's backup item actions.</summary>
internal interface IItemAction
{
    /// <summary>The type, such as <c>pods</c>.</summary>
    string GroupResource { get; }

    /// <exception cref="Kubernetes.Errors.KubernetesException">What it needs of the cluster cannot be read.</exception>
    ValueTask<ActionResult> RunAsync(KubernetesObject item, CancellationToken cancellationToken);
}
