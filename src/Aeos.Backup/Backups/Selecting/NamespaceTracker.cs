using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>
/// Which Namespaces are in the backup as objects (Velero 1.18, nsTracker in pkg/backup/item_collector.go). Asked last, when all items have been listed. Holds
/// names.
/// </summary>
internal sealed class NamespaceTracker(BackupPlan plan)
{
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);

    /// <summary>Notes that an item of it was listed.</summary>
    public void Note(string name) => _listed.Add(name);

    /// <summary>
    /// Whether it is: items of it were listed, or it is Active and its labels are selected, or its name is, except where selectors alone narrow a backup of
    /// all namespaces.
    /// </summary>
    public bool Takes(KubernetesObject item)
    {
        if (_listed.Contains(item.Name))
        {
            return true;
        }

        if (item.ToTree().Child("status").Text("phase") != "Active")
        {
            return false;
        }

        return plan.Selectors.Any(selector => selector.Matches(item.Metadata.Labels))
            || (plan.Namespaces.Includes(item.Name) && !(plan.Namespaces.IncludesEverything && plan.Selectors.Count > 0));
    }
}
