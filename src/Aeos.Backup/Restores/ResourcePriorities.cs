namespace Aeos.Backup.Restores;

/// <summary>In which order types are restored: those in front, then the rest by name, then those at the end (Velero 1.18, pkg/types/priority.go).</summary>
public sealed record ResourcePriorities
{
    private const string Separator = "-";

    /// <summary>Velero's own order (pkg/cmd/server/config/config.go).</summary>
    public static ResourcePriorities Default { get; } = new()
    {
        High =
        [
            "customresourcedefinitions", "namespaces", "storageclasses", "volumesnapshotclass.snapshot.storage.k8s.io",
            "volumesnapshotcontents.snapshot.storage.k8s.io", "volumesnapshots.snapshot.storage.k8s.io", "datauploads.velero.io", "persistentvolumes",
            "persistentvolumeclaims", "clusterroles", "roles", "serviceaccounts", "clusterrolebindings", "rolebindings", "secrets", "configmaps", "limitranges",
            "priorityclasses", "pods", "replicasets.apps", "clusterclasses.cluster.x-k8s.io", "endpoints", "services",
        ],
        Low =
        [
            "clusterbootstraps.run.tanzu.vmware.com", "clusters.cluster.x-k8s.io", "clusterresourcesets.addons.cluster.x-k8s.io", "apps.kappctrl.k14s.io",
            "packageinstalls.packaging.carvel.dev",
        ],
    };

    /// <summary>Types that are restored first, in this order, in any form that the cluster knows.</summary>
    public IReadOnlyList<string> High { get; init; } = [];

    /// <summary>Types that are restored last, in this order.</summary>
    public IReadOnlyList<string> Low { get; init; } = [];

    /// <summary>Reads Velero's notation: <c>first,second,-,last</c>.</summary>
    /// <param name="text">The types, those before the <c>-</c> in front; empty: the default order.</param>
    /// <exception cref="AeosException">There are two <c>-</c>.</exception>
    public static ResourcePriorities Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        var at = Array.IndexOf(names, Separator);
        if (at >= 0 && Array.LastIndexOf(names, Separator) != at)
        {
            throw new AeosException($"the order \"{text}\" of types has more than one \"{Separator}\"", "One separates what is restored first from what is restored last.");
        }

        return text.Length == 0 || names is [Separator] ? Default
            : at < 0 ? Default with { High = names }
            : new ResourcePriorities { High = at > 0 ? names[..at] : Default.High, Low = at < names.Length - 1 ? names[(at + 1)..] : Default.Low };
    }
}
