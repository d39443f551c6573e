using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Takes away the init container that an earlier restore of Velero's put into a pod to wait for volume data: none comes, and the pod would never start
/// (Velero 1.18, pod_volume_restore_action.go).
/// </summary>
internal sealed class WaitContainerRule : IItemRule
{
    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        if (item.Child("spec") is { } spec)
        {
            NamedEntries.Remove(spec, "initContainers", static name => name is "restore-wait" or "restic-wait");
        }

        return ValueTask.CompletedTask;
    }
}
