using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Which rules an object of which type is prepared by.</summary>
internal sealed class ItemRules(RestoreOptions options)
{
    private readonly VolumeRules _volumes = new(options.NamespaceMappings);

    /// <summary>Why the object, as it is in the backup, is not restored; null when it is.</summary>
    public string? SkipReason(string groupResource, JsonObject item) => groupResource switch
    {
        "pods" => PodRules.SkipReason(item),
        "jobs.batch" => JobRules.SkipReason(item),
        "secrets" => AccountRules.SkipReason(item),
        "persistentvolumes" => _volumes.SkipReason(item),
        _ => null,
    };

    /// <summary>Objects in no namespace that have to be there before this one, if the backup has them.</summary>
    public static IEnumerable<ItemKey> Companions(string groupResource, JsonObject item)
    {
        var (companion, name) = groupResource switch
        {
            "persistentvolumeclaims" => ("persistentvolumes", item.Child("spec").Text("volumeName")),
            "pods" => ("priorityclasses.scheduling.k8s.io", item.Child("spec").Text("priorityClassName")),
            _ => ("", ""),
        };
        return name.Length == 0 ? [] : [new ItemKey(companion, "", name)];
    }

    /// <summary>Makes the object what is created.</summary>
    public void Apply(string groupResource, JsonObject item, string targetNamespace)
    {
        switch (groupResource)
        {
            case "services":
                ServiceRules.Apply(item, options.PreserveNodePorts);
                break;
            case "pods":
                PodRules.Apply(item);
                break;
            case "jobs.batch":
                JobRules.Apply(item);
                break;
            case "secrets":
                AccountRules.ApplyToSecret(item);
                break;
            case "serviceaccounts":
                AccountRules.ApplyToAccount(item);
                break;
            case "rolebindings.rbac.authorization.k8s.io" or "clusterrolebindings.rbac.authorization.k8s.io":
                AccountRules.ApplyToBinding(item, options.NamespaceMappings);
                break;
            case "persistentvolumes":
                _volumes.ApplyToVolume(item);
                break;
            case "persistentvolumeclaims":
                _volumes.ApplyToClaim(item);
                break;
        }

        MetadataRules.Reset(item);
        if (targetNamespace.Length > 0)
        {
            item.Ensure("metadata")["namespace"] = targetNamespace;
        }

        MetadataRules.AddLabels(item, options);
    }
}
