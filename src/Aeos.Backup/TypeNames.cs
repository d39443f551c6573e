using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup;

/// <summary>The types that are treated in a way of their own, and names of types as users, archives and objects write them.</summary>
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
    public const string DataUploads = "datauploads.velero.io";

    /// <summary>Types whose items others take along.</summary>
    public static bool IsCompanion(string groupResource) => groupResource is Claims or Volumes or PriorityClasses or ClusterRoles or ClusterRoleBindings;

    /// <summary>A name as discovery resolves it. What cannot be resolved, such as <c>*</c>, stays as it is.</summary>
    public static string Resolve(string name, ApiCatalog catalog) => catalog.Find(name)?.GroupResource ?? name;

    /// <summary>The names as discovery resolves them. A list of unknown types does not become an empty list, which means everything.</summary>
    public static IEnumerable<string> Resolve(IReadOnlyList<string>? names, ApiCatalog catalog) => (names ?? []).Select(name => Resolve(name, catalog));

    /// <summary>Plural and group of a type, such as those of <c>deployments.apps</c>; the core's group is empty.</summary>
    public static (string Plural, string Group) Split(string groupResource) => groupResource.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0
        ? (groupResource[..dot], groupResource[(dot + 1)..]) : (groupResource, "");

    /// <summary>The group of an object's <c>apiVersion</c>, such as <c>apps</c> of <c>apps/v1</c>; the core's is empty.</summary>
    public static string GroupOf(string apiVersion) => apiVersion.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? apiVersion[..slash] : "";
}
