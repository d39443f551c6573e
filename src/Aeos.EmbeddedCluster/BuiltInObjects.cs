namespace Aeos.Embedded;

/// <summary>What is in a cluster before anybody has come.</summary>
internal static class BuiltInObjects
{
    public const string NodeName = "embedded";

    public static IReadOnlyList<string> Namespaces { get; } = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public static IReadOnlyList<string> Manifests { get; } =
    [
        """
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"embedded","labels":{"kubernetes.io/hostname":"embedded","kubernetes.io/os":"linux"}},
         "spec":{},"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}],"nodeInfo":{"kubeletVersion":"v1.34.0"}}}
        """,
        """
        {"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"standard","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},
         "provisioner":"embedded.example/none"}
        """,
        """
        {"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"system-cluster-critical"},
         "value":2000000000,"preemptionPolicy":"PreemptLowerPriority"}
        """,
        """
        {"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"system-node-critical"},
         "value":2000001000,"preemptionPolicy":"PreemptLowerPriority"}
        """,
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"cluster-admin","labels":{"kubernetes.io/bootstrapping":"rbac-defaults"}},
         "rules":[{"apiGroups":["*"],"resources":["*"],"verbs":["*"]},{"nonResourceURLs":["*"],"verbs":["*"]}]}
        """,
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"cluster-admin","labels":{"kubernetes.io/bootstrapping":"rbac-defaults"}},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"system:masters"}]}
        """,
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"kubernetes","namespace":"default","labels":{"component":"apiserver","provider":"kubernetes"}},
         "spec":{"clusterIP":"10.96.0.1","ports":[{"name":"https","port":443,"targetPort":6443}]}}
        """,
    ];
}
