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

    /// <summary>Custom resource definitions.</summary>
    public static ApiResource CustomResourceDefinitions { get; } = new()
    {
        Group = "apiextensions.k8s.io",
        Version = "v1",
        Name = "customresourcedefinitions",
        Kind = "CustomResourceDefinition",
        Namespaced = false,
        Verbs = AllVerbs,
    };

    private static ApiResource Core(string name, string kind, bool namespaced)
        => new() { Group = "", Version = "v1", Name = name, Kind = kind, Namespaced = namespaced, Verbs = AllVerbs };
}
