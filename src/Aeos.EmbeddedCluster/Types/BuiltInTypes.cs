using System.Collections.Immutable;

namespace Aeos.Embedded.Types;

/// <summary>The types that a cluster serves from the start: those that backups of common clusters hold.</summary>
internal static class BuiltInTypes
{
    private static readonly ImmutableArray<string> InAll = ["all"];

    private static readonly Subresource Exec = new("exec", "PodExecOptions", ["create", "get"]);
    private static readonly Subresource Eviction = new("eviction", "Eviction", ["create"]) { Response = ("policy", "v1") };
    private static readonly Subresource Token = new("token", "TokenRequest", ["create"]) { Response = ("authentication.k8s.io", "v1") };
    private static readonly Subresource Finalize = new("finalize", "Namespace", ["update"]);

    public static ImmutableArray<ResourceType> All { get; } =
    [
        .. Core, .. Workloads, .. Cluster, .. Extension,
    ];

    private static ResourceType[] Core =>
    [
        new("", "configmaps", "ConfigMap", true) { ShortNames = ["cm"] },
        new("", "endpoints", "Endpoints", true) { Singular = "endpoints", ListKind = "EndpointsList", ShortNames = ["ep"] },
        new("", "events", "Event", true)
        {
            ShortNames = ["ev"],
            SelectableFields = ["involvedObject.kind", "involvedObject.name", "involvedObject.namespace", "involvedObject.uid", "reason", "type"],
        },
        new("", "limitranges", "LimitRange", true) { ShortNames = ["limits"] },
        new("", "namespaces", "Namespace", false)
        {
            ShortNames = ["ns"], HasStatus = true, NameRule = NameRule.Label, SelectableFields = ["status.phase"], Subresources = [Finalize],
            Verbs = ["create", "delete", "get", "list", "patch", "update", "watch"],
        },
        new("", "nodes", "Node", false) { ShortNames = ["no"], HasStatus = true, SelectableFields = ["spec.unschedulable"] },
        new("", "persistentvolumeclaims", "PersistentVolumeClaim", true)
        {
            ShortNames = ["pvc"], HasStatus = true,
            ImmutableFields = ["spec.accessModes", "spec.storageClassName", "spec.volumeName", "spec.selector", "spec.dataSource", "spec.volumeMode"],
        },
        new("", "persistentvolumes", "PersistentVolume", false) { ShortNames = ["pv"], HasStatus = true },
        new("", "pods", "Pod", true)
        {
            ShortNames = ["po"], Categories = InAll, HasStatus = true, HasGeneration = true, Subresources = [Eviction, Exec],
            SelectableFields = ["spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName", "status.phase", "status.podIP"],
        },
        new("", "podtemplates", "PodTemplate", true),
        new("", "replicationcontrollers", "ReplicationController", true)
        {
            ShortNames = ["rc"], Categories = InAll, HasStatus = true, HasGeneration = true, SelectableFields = ["status.replicas"],
        },
        new("", "resourcequotas", "ResourceQuota", true) { ShortNames = ["quota"], HasStatus = true },
        new("", "secrets", "Secret", true) { SelectableFields = ["type"], ImmutableFields = ["type"] },
        new("", "serviceaccounts", "ServiceAccount", true) { ShortNames = ["sa"], Subresources = [Token] },
        new("", "services", "Service", true)
        {
            ShortNames = ["svc"], Categories = InAll, HasStatus = true, NameRule = NameRule.OldLabel, SelectableFields = ["spec.clusterIP", "spec.type"],
        },
    ];

    private static ResourceType[] Workloads =>
    [
        new("apps", "controllerrevisions", "ControllerRevision", true) { ImmutableFields = ["data"] },
        new("apps", "daemonsets", "DaemonSet", true)
        {
            ShortNames = ["ds"], Categories = InAll, HasStatus = true, HasGeneration = true, ImmutableFields = ["spec.selector"],
        },
        new("apps", "deployments", "Deployment", true)
        {
            ShortNames = ["deploy"], Categories = InAll, HasStatus = true, HasGeneration = true, ImmutableFields = ["spec.selector"],
        },
        new("apps", "replicasets", "ReplicaSet", true)
        {
            ShortNames = ["rs"], Categories = InAll, HasStatus = true, HasGeneration = true, ImmutableFields = ["spec.selector"],
        },
        new("apps", "statefulsets", "StatefulSet", true)
        {
            ShortNames = ["sts"], Categories = InAll, HasStatus = true, HasGeneration = true, ImmutableFields = ["spec.selector", "spec.serviceName"],
        },
        new("autoscaling", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true)
        {
            Versions = ["v2", "v1"], ShortNames = ["hpa"], Categories = InAll, HasStatus = true,
        },
        new("batch", "cronjobs", "CronJob", true) { ShortNames = ["cj"], Categories = InAll, HasStatus = true, HasGeneration = true },
        new("batch", "jobs", "Job", true)
        {
            Categories = InAll, HasStatus = true, HasGeneration = true, SelectableFields = ["status.successful"],
            ImmutableFields = ["spec.selector", "spec.template"],
        },
        new("policy", "poddisruptionbudgets", "PodDisruptionBudget", true) { ShortNames = ["pdb"], HasStatus = true, HasGeneration = true },
    ];

    private static ResourceType[] Cluster =>
    [
        new("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false) { Verbs = ["create"] },
        new("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview", false) { Verbs = ["create"] },
        new("coordination.k8s.io", "leases", "Lease", true) { NeedsResourceVersion = true },
        new("discovery.k8s.io", "endpointslices", "EndpointSlice", true) { HasGeneration = true },
        new("events.k8s.io", "events", "Event", true) { ShortNames = ["ev"], Storage = "events" },
        new("networking.k8s.io", "ingressclasses", "IngressClass", false) { HasGeneration = true },
        new("networking.k8s.io", "ingresses", "Ingress", true) { ShortNames = ["ing"], HasStatus = true, HasGeneration = true },
        new("networking.k8s.io", "networkpolicies", "NetworkPolicy", true) { ShortNames = ["netpol"], HasGeneration = true },
        new("rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding", false)
        {
            NameRule = NameRule.PathSegment, ImmutableFields = ["roleRef"],
        },
        new("rbac.authorization.k8s.io", "clusterroles", "ClusterRole", false) { NameRule = NameRule.PathSegment },
        new("rbac.authorization.k8s.io", "rolebindings", "RoleBinding", true)
        {
            NameRule = NameRule.PathSegment, ImmutableFields = ["roleRef"],
        },
        new("rbac.authorization.k8s.io", "roles", "Role", true) { NameRule = NameRule.PathSegment },
        new("scheduling.k8s.io", "priorityclasses", "PriorityClass", false)
        {
            ShortNames = ["pc"], HasGeneration = true, ImmutableFields = ["value", "preemptionPolicy"],
        },
        new("storage.k8s.io", "csidrivers", "CSIDriver", false),
        new("storage.k8s.io", "csinodes", "CSINode", false),
        new("storage.k8s.io", "csistoragecapacities", "CSIStorageCapacity", true) { ListKind = "CSIStorageCapacityList" },
        new("storage.k8s.io", "storageclasses", "StorageClass", false)
        {
            ShortNames = ["sc"], ImmutableFields = ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"],
        },
        new("storage.k8s.io", "volumeattachments", "VolumeAttachment", false) { HasStatus = true },
    ];

    private static ResourceType[] Extension =>
    [
        new("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", false)
        {
            Categories = ["api-extensions"], HasGeneration = true,
        },
        new("admissionregistration.k8s.io", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", false)
        {
            Categories = ["api-extensions"], HasGeneration = true,
        },
        new("apiextensions.k8s.io", "customresourcedefinitions", "CustomResourceDefinition", false)
        {
            ShortNames = ["crd", "crds"], Categories = ["api-extensions"], HasStatus = true, HasGeneration = true, NeedsResourceVersion = true,
        },
        new("apiregistration.k8s.io", "apiservices", "APIService", false)
        {
            NameRule = NameRule.PathSegment, Categories = ["api-extensions"], HasStatus = true, NeedsResourceVersion = true,
        },
    ];
}
