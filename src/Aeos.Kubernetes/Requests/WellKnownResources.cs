using Aeos.Kubernetes.Discovery;

namespace Aeos.Kubernetes.Requests;

/// <summary>Resources that every cluster serves under the same names, for whoever needs them without discovery.</summary>
public static class WellKnownResources
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>Pods.</summary>
    public static ApiResource Pods { get; } = Core("pods", "Pod", namespaced: true);

    /// <summary>Namespaces.</summary>
    public static ApiResource Namespaces { get; } = Core("namespaces", "Namespace", namespaced: false);

    /// <summary>Secrets.</summary>
    public static ApiResource Secrets { get; } = Core("secrets", "Secret", namespaced: true);

    /// <summary>ConfigMaps.</summary>
    public static ApiResource ConfigMaps { get; } = Core("configmaps", "ConfigMap", namespaced: true);

    /// <summary>Service accounts.</summary>
    public static ApiResource ServiceAccounts { get; } = Core("serviceaccounts", "ServiceAccount", namespaced: true);

    /// <summary>Storage classes.</summary>
    public static ApiResource StorageClasses { get; } = OfGroup("storage.k8s.io", "storageclasses", "StorageClass", namespaced: false);

    /// <summary>Custom resource definitions.</summary>
    public static ApiResource CustomResourceDefinitions { get; }
        = OfGroup("apiextensions.k8s.io", "customresourcedefinitions", "CustomResourceDefinition", namespaced: false);

    private static ApiResource Core(string name, string kind, bool namespaced) => OfGroup("", name, kind, namespaced);

    private static ApiResource OfGroup(string group, string name, string kind, bool namespaced)
        => new() { Group = group, Version = "v1", Name = name, Kind = kind, Namespaced = namespaced, Verbs = AllVerbs };
}
