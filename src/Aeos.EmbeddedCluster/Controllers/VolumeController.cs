using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Rules;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Controllers;

/// <summary>
/// Binds claims to volumes as far as a backup sees it: the volume that a claim names or that names the claim, or a new one of the
/// claim's class; releases or deletes the volume afterwards. Sizes, modes and topology are not compared.
/// </summary>
internal sealed class VolumeController(ClusterState state, ResourceCatalog catalog, ObjectWriter writer, WorkQueue queue)
{
    private ResourceType Claims => catalog["persistentvolumeclaims"];

    private ResourceType Volumes => catalog["persistentvolumes"];

    public void Observe(ResourceType type, Change change)
    {
        if (type is { Group: "", Plural: "persistentvolumeclaims" })
        {
            var claim = change.After!;
            queue.Add(change.Deleted ? () => Release(change.Before!) : () => Settle(claim.Key));
        }
        else if (type is { Group: "", Plural: "persistentvolumes" })
        {
            var volume = change.After!;
            queue.Add(change.Deleted ? () => Lose(change.Before!) : () => SettleVolume(volume.Key));
        }
        else if (type is { Group: "", Plural: "pods" } && change.Deleted)
        {
            var ns = change.Before!.Namespace!;
            foreach (var claim in state.In(Claims, ns).Where(c => c.Deleting).ToList())
            {
                queue.Add(() => Settle(claim.Key));
            }
        }
    }

    private void Settle(string key)
    {
        if (state.Of(Claims).Find(key) is not { } claim)
        {
            return;
        }

        var node = claim.Read();
        if (claim.Deleting)
        {
            if (!IsUsed(claim) && Finalizers.Remove(node, ClaimRules.Finalizer))
            {
                writer.Store(Claims, claim, node);
            }
        }
        else if (node.Child("status").Text("phase") is not ("Bound" or "Lost"))
        {
            Bind(claim, node);
        }
    }

    private void Bind(StoredObject claim, JsonObject node)
    {
        var spec = node.Ensure("spec");
        var volume = spec.Filled("volumeName") is { } name ? state.Find(Volumes, null, name) : FindReserved(claim);
        if (volume is null && spec.Filled("volumeName") is null)
        {
            volume = Provision(claim, spec);
        }

        if (volume is null)
        {
            return;
        }

        var volumeNode = volume.Read();
        var reference = volumeNode.Child("spec", "claimRef");
        if (reference is not null && !Fits(reference, claim))
        {
            if (spec.Filled("volumeName") is not null && reference.Filled("uid") is not null)
            {
                node.Ensure("status")["phase"] = "Lost";
                writer.Store(Claims, claim, node);
            }

            return;
        }

        spec["volumeName"] = volume.Name;
        var status = node.Ensure("status");
        status["phase"] = "Bound";
        status["accessModes"] = spec["accessModes"]?.DeepClone();
        status["capacity"] = volumeNode.Child("spec")?["capacity"]?.DeepClone();
        var annotations = node.Metadata().Ensure("annotations");
        annotations["pv.kubernetes.io/bind-completed"] = "yes";
        annotations.Default("pv.kubernetes.io/bound-by-controller", "yes");
        var bound = writer.Store(Claims, claim, node);
        volumeNode.Ensure("spec")["claimRef"] = new JsonObject
        {
            ["kind"] = "PersistentVolumeClaim",
            ["apiVersion"] = "v1",
            ["namespace"] = claim.Namespace,
            ["name"] = claim.Name,
            ["uid"] = claim.Uid.ToString(),
            ["resourceVersion"] = bound.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        volumeNode.Ensure("status")["phase"] = "Bound";
        writer.Store(Volumes, volume, volumeNode);
    }

    private StoredObject? FindReserved(StoredObject claim) => state.In(Volumes, null)
        .FirstOrDefault(v => !IsBound(v) && v.Read().Child("spec", "claimRef") is { } reference && Fits(reference, claim));

    private StoredObject? Provision(StoredObject claim, JsonObject spec)
    {
        if (spec.Filled("storageClassName") is not { } className
            || state.Find(catalog["storageclasses.storage.k8s.io"], null, className)?.Read() is not { } found
            || found.Text("volumeBindingMode") == "WaitForFirstConsumer")
        {
            return null;
        }

        return writer.Create(Volumes, null, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"pvc-{claim.Uid}",
                ["annotations"] = new JsonObject { ["pv.kubernetes.io/provisioned-by"] = found.Text("provisioner") },
            },
            ["spec"] = new JsonObject
            {
                ["accessModes"] = spec["accessModes"]?.DeepClone(),
                ["capacity"] = spec.Child("resources")?["requests"]?.DeepClone(),
                ["persistentVolumeReclaimPolicy"] = found.Text("reclaimPolicy") ?? "Delete",
                ["storageClassName"] = className,
                ["hostPath"] = new JsonObject { ["path"] = $"/var/lib/embedded/{claim.Uid}" },
            },
        }, new WriteOptions());
    }

    private void SettleVolume(string key)
    {
        if (state.Of(Volumes).Find(key) is not { } volume)
        {
            return;
        }

        var node = volume.Read();
        if (volume.Deleting)
        {
            if (node.Child("status").Text("phase") != "Bound" && Finalizers.Remove(node, VolumeRules.Finalizer))
            {
                writer.Store(Volumes, volume, node);
            }

            return;
        }

        if (IsBound(volume))
        {
            return;
        }

        foreach (var claim in state.In(Claims, null).Where(c => !c.Deleting && !IsBound(c)).ToList())
        {
            Settle(claim.Key);
        }
    }

    private void Release(StoredObject claim)
    {
        var bound = claim.Read().Child("spec").Filled("volumeName");
        if (bound is null || state.Find(Volumes, null, bound) is not { } volume)
        {
            return;
        }

        var node = volume.Read();
        if (node.Child("spec", "claimRef").Text("uid") != claim.Uid.ToString())
        {
            return;
        }

        node.Ensure("status")["phase"] = "Released";
        writer.Store(Volumes, volume, node);
        if (node.Child("spec").Text("persistentVolumeReclaimPolicy") == "Delete" && !volume.Deleting)
        {
            writer.Delete(Volumes, null, volume.Name, new DeleteOptions());
        }
    }

    private void Lose(StoredObject volume)
    {
        var reference = volume.Read().Child("spec", "claimRef");
        if (reference is null || state.Find(Claims, reference.Text("namespace"), reference.Text("name") ?? "") is not { Deleting: false } claim
            || claim.Uid.ToString() != reference.Text("uid"))
        {
            return;
        }

        var node = claim.Read();
        node.Ensure("status")["phase"] = "Lost";
        writer.Store(Claims, claim, node);
    }

    private bool IsUsed(StoredObject claim) => state.In(catalog["pods"], claim.Namespace)
        .Any(p => p.Read().Child("spec").Objects("volumes").Any(v => v.Child("persistentVolumeClaim").Text("claimName") == claim.Name));

    // Reading the bytes is much cheaper than parsing them, and this is asked of every volume for every claim.
    private static bool IsBound(StoredObject item) => item.Body.AsSpan().IndexOf("\"phase\":\"Bound\""u8) >= 0;

    private static bool Fits(JsonObject reference, StoredObject claim) =>
        reference.Text("namespace") == claim.Namespace && reference.Text("name") == claim.Name
        && (reference.Filled("uid") is not { } uid || uid == claim.Uid.ToString());
}
