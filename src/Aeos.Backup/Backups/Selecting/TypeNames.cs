using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>The types that backups treat in a way of their own, and names of types as users write them.</summary>
internal static class TypeNames
{
    public const string Namespaces = "namespaces";
    public const string Pods = "pods";
    public const string Secrets = "secrets";
    public const string ServiceAccounts = "serviceaccounts";
    public const string Claims = "persistentvolumeclaims";
    public const string Volumes = "persistentvolumes";
    public const string PriorityClasses = "priorityclasses.scheduling.k8s.io";
    public const string ClusterRoles = "clusterroles.rbac.authorization.k8s.io";
    public const string ClusterRoleBindings = "clusterrolebindings.rbac.authorization.k8s.io";
    public const string Definitions = "customresourcedefinitions.apiextensions.k8s.io";
    public const string Snapshots = "volumesnapshots.snapshot.storage.k8s.io";
    public const string SnapshotContents = "volumesnapshotcontents.snapshot.storage.k8s.io";

    /// <summary>Types whose items others take along.</summary>
    public static bool IsCompanion(string groupResource) => groupResource is Claims or Volumes or PriorityClasses or ClusterRoles or ClusterRoleBindings;

    /// <summary>
    /// The names as discovery resolves them. What cannot be resolved stays as it is, so that a list of unknown types does not become an empty list, which
    /// means everything.
    /// </summary>
    public static IEnumerable<string> Resolve(IReadOnlyList<string>? names, ApiCatalog catalog)
        => (names ?? []).Select(name => name == "*" ? name : catalog.Find(name)?.GroupResource ?? name);
}
