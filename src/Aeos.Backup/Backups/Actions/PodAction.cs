using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups.Actions;

/// <summary>A pod takes its priority class and its claims along (Velero 1.18, pkg/util/actionhelpers/pod_helper.go).</summary>
internal sealed class PodAction : IItemAction
{
    public string GroupResource => TypeNames.Pods;

    public ValueTask<ActionResult> RunAsync(KubernetesObject item, CancellationToken cancellationToken)
    {
        var spec = item.ToTree().Child("spec");
        var companions = new List<ItemKey>();
        if (spec.Text("priorityClassName") is { Length: > 0 } priority)
        {
            companions.Add(new ItemKey(TypeNames.PriorityClasses, "", priority));
        }

        companions.AddRange(spec.Children("volumes")
            .Select(static volume => volume.Child("persistentVolumeClaim").Text("claimName"))
            .Where(static claim => claim.Length > 0)
            .Select(claim => new ItemKey(TypeNames.Claims, item.Namespace, claim)));
        return ValueTask.FromResult(new ActionResult(item, companions));
    }
}
