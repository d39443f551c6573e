using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups.Actions;

/// <summary>What an action makes of an item.</summary>
/// <param name="Item">The item as it is backed up.</param>
/// <param name="Companions">What it takes along.</param>
internal readonly record struct ActionResult(KubernetesObject Item, IReadOnlyList<ItemKey> Companions);
