namespace Aeos.Backup.Restores.Modifying;

/// <summary>
/// How the built-in types merge: what their fields are marked with in Kubernetes (k8s.io/api 0.36, <c>patchStrategy</c> and <c>patchMergeKey</c>).
/// Status is left out: it is gone before objects are modified.
/// </summary>
internal static class BuiltInShapes
{
    // The groups that Velero's client has types of: Kubernetes' own, definitions, snapshots, and its own.
    private static readonly HashSet<string> Groups = new(StringComparer.Ordinal)
    {
        "", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apps", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch",
        "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "extensions", "flowcontrol.apiserver.k8s.io",
        "groupsnapshot.storage.k8s.io", "internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "policy", "rbac.authorization.k8s.io",
        "resource.k8s.io", "scheduling.k8s.io", "snapshot.storage.k8s.io", "storage.k8s.io", "storagemigration.k8s.io", "velero.io",
    };

    private static readonly MergeShape Metadata = new MergeShape().Set("finalizers").Keyed("uid", "ownerReferences");

    private static readonly MergeShape Container = new MergeShape()
        .Keyed("containerPort", "ports").Keyed("name", "env").Keyed("mountPath", "volumeMounts").Keyed("devicePath", "volumeDevices");

    private static readonly MergeShape PodSpec = new MergeShape()
        .Keyed("name", Container, "containers", "initContainers", "ephemeralContainers")
        .Keyed("name", "volumes", "imagePullSecrets", "schedulingGates", "resourceClaims")
        .Keyed("ip", "hostAliases")
        .Keyed("topologyKey", "topologySpreadConstraints");

    private static readonly MergeShape PodTemplate = new MergeShape().Inner("metadata", Metadata).Inner("spec", PodSpec);
    private static readonly MergeShape Workload = Spec(new MergeShape().Inner("template", PodTemplate));
    private static readonly MergeShape Webhooks = Object().Keyed("name", new MergeShape().Keyed("name", "matchConditions"), "webhooks");

    private static readonly Dictionary<(string Group, string Kind), MergeShape> Kinds = new()
    {
        [("", "Node")] = Spec(new MergeShape().Set("podCIDRs")),
        [("", "Pod")] = Spec(PodSpec),
        [("", "PodTemplate")] = Object().Inner("template", PodTemplate),
        [("", "ReplicationController")] = Workload,
        [("", "Service")] = Spec(new MergeShape().Keyed("port", "ports")),
        [("", "ServiceAccount")] = Object().Keyed("name", "secrets"),
        [("admissionregistration.k8s.io", "MutatingAdmissionPolicy")] = Spec(new MergeShape().Keyed("name", "matchConditions")),
        [("admissionregistration.k8s.io", "MutatingWebhookConfiguration")] = Webhooks,
        [("admissionregistration.k8s.io", "ValidatingAdmissionPolicy")] = Spec(new MergeShape().Keyed("name", "matchConditions", "variables")),
        [("admissionregistration.k8s.io", "ValidatingWebhookConfiguration")] = Webhooks,
        [("apps", "DaemonSet")] = Workload,
        [("apps", "Deployment")] = Workload,
        [("apps", "ReplicaSet")] = Workload,
        [("apps", "StatefulSet")] = Workload,
        [("batch", "CronJob")] = Spec(new MergeShape().Inner("jobTemplate", Workload)),
        [("batch", "Job")] = Workload,
        [("extensions", "DaemonSet")] = Workload,
        [("extensions", "Deployment")] = Workload,
        [("extensions", "ReplicaSet")] = Workload,
        [("policy", "PodDisruptionBudget")] = Spec(new MergeShape().Whole("selector")),
        [("storage.k8s.io", "CSINode")] = Spec(new MergeShape().Keyed("name", "drivers")),
    };

    private static readonly MergeShape Other = Object();

    /// <summary>How objects of a kind merge; null when the kind is not built in, and nobody knows.</summary>
    public static MergeShape? Of(string apiVersion, string kind)
    {
        var group = TypeNames.GroupOf(apiVersion);
        return Groups.Contains(group) ? Kinds.GetValueOrDefault((group, kind), Other) : null;
    }

    private static MergeShape Object() => new MergeShape().Inner("metadata", Metadata);

    private static MergeShape Spec(MergeShape spec) => Object().Inner("spec", spec);
}
