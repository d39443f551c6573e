using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>What one of Velero's restore item actions does to the objects of its types. A rule keeps nothing of an object; many threads may use it.</summary>
internal interface IItemRule
{
    /// <summary>Why the object, as it is in the backup, is not restored; null when it is.</summary>
    /// <param name="item">The object, with its status.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster was asked and did not answer.</exception>
    ValueTask<Omission?> OmissionAsync(JsonObject item, CancellationToken cancellationToken) => new((Omission?)null);

    /// <summary>Objects that go before this one.</summary>
    /// <param name="item">The object as it is in the backup.</param>
    /// <returns>Named as they are in the backup: namespaces are not mapped.</returns>
    IEnumerable<ItemKey> Companions(JsonObject item) => [];

    /// <summary>Changes the object into what is created.</summary>
    /// <param name="item">The object, without what the old cluster said of it, with <c>managedFields</c>, in its old namespace.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="PreparationException">The object cannot be restored.</exception>
    ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
