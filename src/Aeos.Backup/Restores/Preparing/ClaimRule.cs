using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Persistent volume claims: unbound, with their volume before them (Velero 1.18, pvc_action.go and pkg/restore/restore.go).</summary>
internal sealed class ClaimRule(ReprovisionedVolumes reprovisioned) : IItemRule
{
    public IEnumerable<ItemKey> Companions(JsonObject item) =>
        item.Child("status").Text("phase") == "Bound" && item.Child("spec").Text("volumeName") is { Length: > 0 } volume
            ? [new ItemKey(TypeNames.Volumes, "", volume)] : [];

    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        BindingAnnotations.Drop(item);
        item.Child("metadata").Child("annotations").Drop(
            "volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/selected-node",
            "velero.io/volume-snapshot-name", "velero.io/data-upload-name");
        if (reprovisioned.Contains(item.Child("spec").Text("volumeName")))
        {
            item.Child("spec").Drop("volumeName");
        }

        return ValueTask.CompletedTask;
    }
}
