using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Resources;

namespace Aeos.Server.Installation;

/// <summary>The types that an installation has objects of.</summary>
internal static class InstalledTypes
{
    private static readonly string[] Verbs = ["create", "delete", "get", "list", "patch", "update", "watch"];

    public static ApiResource Deployments { get; } = Type("apps", "deployments", "Deployment");

    public static ApiResource Services { get; } = Type("", "services", "Service");

    public static ApiResource ServiceAccounts { get; } = Type("", "serviceaccounts", "ServiceAccount");

    public static ApiResource Roles { get; } = Type("rbac.authorization.k8s.io", "roles", "Role");

    public static ApiResource RoleBindings { get; } = Type("rbac.authorization.k8s.io", "rolebindings", "RoleBinding");

    public static ApiResource ClusterRoles { get; } = Type("rbac.authorization.k8s.io", "clusterroles", "ClusterRole") with { Namespaced = false };

    public static ApiResource ClusterRoleBindings { get; } = Type("rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding") with { Namespaced = false };

    public static ApiResource PersistentVolumeClaims { get; } = Type("", "persistentvolumeclaims", "PersistentVolumeClaim");

    private static ApiResource[] All { get; } =
    [
        WellKnownResources.CustomResourceDefinitions, WellKnownResources.Namespaces, WellKnownResources.Secrets,
        Deployments, Services, ServiceAccounts, Roles, RoleBindings, ClusterRoles, ClusterRoleBindings,
        VeleroTypes.BackupStorageLocations.Api,
    ];

    public static ApiResource Of(KubernetesObject item) => All.Single(type => type.Kind == item.Kind && type.ApiVersion == item.ApiVersion);

    private static ApiResource Type(string group, string name, string kind) => new() { Group = group, Version = "v1", Name = name, Kind = kind, Namespaced = true, Verbs = Verbs };
}
