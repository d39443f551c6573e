namespace Aeos.Backup.Restores.Selecting;

/// <summary>In which order types are restored: Velero 1.18's defaults (pkg/cmd/server/config), and what is never restored (restore_controller.go).</summary>
internal static class ResourceOrder
{
    public const string Definitions = "customresourcedefinitions.apiextensions.k8s.io";
    public const string Namespaces = "namespaces";

    private static readonly string[] First =
    [
        Definitions, Namespaces, "storageclasses.storage.k8s.io", "volumesnapshotclasses.snapshot.storage.k8s.io",
        "volumesnapshotcontents.snapshot.storage.k8s.io", "volumesnapshots.snapshot.storage.k8s.io", "datauploads.velero.io", "persistentvolumes",
        "persistentvolumeclaims", "clusterroles.rbac.authorization.k8s.io", "roles.rbac.authorization.k8s.io", "serviceaccounts",
        "clusterrolebindings.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io", "secrets", "configmaps", "limitranges",
        "priorityclasses.scheduling.k8s.io", "pods", "replicasets.apps", "clusterclasses.cluster.x-k8s.io", "endpoints", "services",
    ];

    private static readonly string[] Last =
    [
        "clusterbootstraps.run.tanzu.vmware.com", "clusters.cluster.x-k8s.io", "clusterresourcesets.addons.cluster.x-k8s.io", "apps.kappctrl.k14s.io",
        "packageinstalls.packaging.carvel.dev",
    ];

    private static readonly HashSet<string> Never = new(StringComparer.Ordinal)
    {
        "nodes", "events", "events.events.k8s.io", "backups.velero.io", "restores.velero.io", "resticrepositories.velero.io", "csinodes.storage.k8s.io",
        "volumeattachments.storage.k8s.io", "backuprepositories.velero.io",
    };

    public static bool IsRestorable(string groupResource) => !Never.Contains(groupResource);

    /// <summary>The types of a backup in the order in which they are restored.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> groupResources) =>
        [.. groupResources.OrderBy(Rank).ThenBy(static name => name, StringComparer.Ordinal)];

    private static int Rank(string groupResource)
    {
        var (first, last) = (Array.IndexOf(First, groupResource), Array.IndexOf(Last, groupResource));
        return first >= 0 ? first : last >= 0 ? First.Length + 1 + last : First.Length;
    }
}
