using System.Text.Json.Nodes;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups.Actions;

/// <summary>
/// A claim that is bound takes its volume along, and loses what would keep a restored one from being bound anew, and the labels of earlier backups and restores
/// (Velero 1.18, pkg/backup/actions/backup_pv_action.go).
/// </summary>
internal sealed class ClaimAction(string backup) : IItemAction
{
    private const string VeleroPrefix = "velero.io/";
    private const string BackupLabel = "velero.io/backup-name";

    private static readonly string[] StaleLabels = ["velero.io/restore-name", "velero.io/volume-snapshot-name", Annotations.MustInclude];

    public string GroupResource => TypeNames.Claims;

    public ValueTask<ActionResult> RunAsync(KubernetesObject item, CancellationToken cancellationToken)
    {
        var tree = item.ToTree();
        var spec = tree.Child("spec");
        var volume = spec.Text("volumeName");
        if (tree.Child("status").Text("phase") != "Bound" || volume.Length == 0)
        {
            return ValueTask.FromResult(new ActionResult(item, []));
        }

        // The empty class is none at all, also no default one: such a claim finds its volume by the selector.
        var isChanged = spec!.Remove("dataSource") | spec.Remove("dataSourceRef")
            | (!(spec["storageClassName"] is JsonValue && spec.Text("storageClassName").Length == 0) && spec.Remove("selector"))
            | DropLabels(spec.Child("selector").Child("matchLabels"), static (name, _) => name.StartsWith(VeleroPrefix, StringComparison.Ordinal))
            | DropLabels(tree.Child("metadata").Child("labels"), (name, value) => StaleLabels.Contains(name) || (name == BackupLabel && value != backup));
        return ValueTask.FromResult(new ActionResult(isChanged ? KubernetesObject.FromTree(tree) : item, [new ItemKey(TypeNames.Volumes, "", volume)]));
    }

    private static bool DropLabels(JsonObject? labels, Func<string, string, bool> isStale)
    {
        var stale = (labels ?? []).Select(static label => label.Key).Where(name => isStale(name, labels.Text(name))).ToList();
        stale.ForEach(name => labels!.Remove(name));
        return stale.Count > 0;
    }
}
