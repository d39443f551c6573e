using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Volumes and claims, where no volume's data comes back: a volume that goes with its claim is made anew, empty; one that is kept is claimed again
/// as it is (Velero 1.18, pkg/restore/restore.go, the cases without a snapshot).
/// </summary>
internal sealed class VolumeRules(IReadOnlyDictionary<string, string> namespaceMappings)
{
    private static readonly string[] Binding = ["pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller"];

    private readonly ConcurrentDictionary<string, bool> _provisioned = new();

    /// <summary>Why a volume is not restored; null when it is.</summary>
    public string? SkipReason(JsonObject volume)
    {
        if (volume.Child("spec").Text("persistentVolumeReclaimPolicy") != "Delete")
        {
            return null;
        }

        _provisioned[volume.Child("metadata").Text("name")] = true;
        return "its reclaim policy is Delete and the backup has no snapshot of it: its claim gets a new, empty volume";
    }

    public void ApplyToVolume(JsonObject volume)
    {
        var claim = volume.Child("spec").Child("claimRef");
        claim.Drop("uid", "resourceVersion");
        if (claim is not null && namespaceMappings.TryGetValue(claim.Text("namespace"), out var mapped))
        {
            claim["namespace"] = mapped;
        }

        volume.Child("metadata").Child("annotations").Drop(Binding);
    }

    public void ApplyToClaim(JsonObject claim)
    {
        claim.Child("metadata").Child("annotations").Drop(
            [.. Binding, "volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/selected-node"]);
        if (_provisioned.ContainsKey(claim.Child("spec").Text("volumeName")))
        {
            claim.Child("spec").Drop(["volumeName"]);
        }
    }
}
