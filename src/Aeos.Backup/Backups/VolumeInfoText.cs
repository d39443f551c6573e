using System.Text.Json.Nodes;
using Aeos.Backup.Reporting;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups;

/// <summary>
/// What became of each volume's data: nothing, and why (Velero 1.18, BackupVolumeInfo in internal/volume/volumes_information.go). Written as the volumes
/// go by.
/// </summary>
internal sealed class VolumeInfoText(GzipObject text)
{
    private const string Reason = "volumeSnapshot: the data of volumes is not backed up;";

    private bool _hasAny;

    public async Task AddAsync(KubernetesObject volume, CancellationToken cancellationToken)
    {
        var tree = volume.ToTree();
        var spec = tree.Child("spec");
        var info = new JsonObject();
        if (spec.Child("claimRef") is { } claim)
        {
            info["pvcName"] = claim.Text("name");
            info["pvcNamespace"] = claim.Text("namespace");
        }

        info["pvName"] = volume.Name;
        info["snapshotDataMoved"] = false;
        info["preserveLocalSnapshot"] = false;
        info["skipped"] = true;
        info["skippedReason"] = Reason;
        info["pvInfo"] = new JsonObject { ["reclaimPolicy"] = spec.Text("persistentVolumeReclaimPolicy"), ["labels"] = tree.Child("metadata").Child("labels")?.DeepClone() };
        await text.WriteAsync($"{(_hasAny ? "," : "[")}{info.ToJsonString()}", cancellationToken).ConfigureAwait(false);
        _hasAny = true;
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await text.WriteAsync(_hasAny ? "]" : "[]", cancellationToken).ConfigureAwait(false);
        await text.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
