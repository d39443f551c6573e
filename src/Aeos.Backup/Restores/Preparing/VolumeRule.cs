using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Persistent volumes: one that goes with its claim is made anew, empty; one that is kept is claimed again as it is, under its name, also when its
/// claim's namespace is mapped (Velero 1.18, pkg/restore/restore.go: only volumes made from snapshots are renamed).
/// </summary>
internal sealed class VolumeRule(VolumeData data, IReadOnlyDictionary<string, string> namespaceMappings, ReprovisionedVolumes reprovisioned) : IItemRule
{
    public ValueTask<Omission?> OmissionAsync(JsonObject item, CancellationToken cancellationToken)
    {
        var why = data.Has(item) ? "its data is in the backup and is not restored: its claim gets a new, empty volume"
            : item.Child("spec").Text("persistentVolumeReclaimPolicy") == "Delete"
                ? "its reclaim policy is Delete and the backup has no snapshot of it: its claim gets a new, empty volume" : null;
        if (why is null)
        {
            return new((Omission?)null);
        }

        reprovisioned.Add(item.Child("metadata").Text("name"));
        return new(new Omission(why));
    }

    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        var claim = item.Child("spec").Child("claimRef");
        claim.Drop("uid", "resourceVersion");
        if (claim is not null && namespaceMappings.TryGetValue(claim.Text("namespace"), out var mapped))
        {
            claim["namespace"] = mapped;
        }

        BindingAnnotations.Drop(item);
        return ValueTask.CompletedTask;
    }
}
