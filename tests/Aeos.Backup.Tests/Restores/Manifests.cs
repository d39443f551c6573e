namespace Aeos.Backup.Tests.Restores;

/// <summary>Objects as backups hold them, small.</summary>
internal static class Manifests
{
    public const string Definition = """{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.org","labels":{"app":"other"}},"spec":{"group":"example.org","names":{"kind":"Widget","plural":"widgets","singular":"widget","listKind":"WidgetList"},"scope":"Namespaced","versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}""";
    public const string Definitions = "customresourcedefinitions.apiextensions.k8s.io";

    public static string Namespace(string name, string labels = "{}") => $$$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{{name}}}}","labels":{{{{labels}}}}}}""";

    public static string ConfigMap(string name, string ns = "shop", string value = "blue", string labels = "{}", string metadata = "") =>
        $$$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{{name}}}}","namespace":"{{{{ns}}}}","labels":{{{{labels}}}}{{{{metadata}}}}},"data":{"colour":"{{{{value}}}}"}}""";

    public static string Widget(string name, string ns = "shop") => $$$$"""{"apiVersion":"example.org/v1","kind":"Widget","metadata":{"name":"{{{{name}}}}","namespace":"{{{{ns}}}}"},"spec":{"size":3}}""";

    public static string Pod(string name, string spec = "", string labels = "{}") =>
        $$$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{{name}}}}","namespace":"shop","labels":{{{{labels}}}}},"spec":{"containers":[{"name":"c","image":"i"}]{{{{spec}}}}}}""";

    public static string Claim(string name, string volume = "", string labels = "{}") =>
        $$$$"""{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"{{{{name}}}}","namespace":"shop","labels":{{{{labels}}}}},"spec":{"volumeName":"{{{{volume}}}}","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} } },"status":{"phase":"Bound"} }""";

    public static string Volume(string name, string policy = "Retain") =>
        $$$$"""{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"{{{{name}}}}"},"spec":{"persistentVolumeReclaimPolicy":"{{{{policy}}}}","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},"claimRef":{"namespace":"shop","name":"data","uid":"u3"}}}""";

    public static string Scaler(string version) =>
        $$$$"""{"apiVersion":"autoscaling/{{{{version}}}}","kind":"HorizontalPodAutoscaler","metadata":{"name":"web","namespace":"shop"},"spec":{"maxReplicas":3,"scaleTargetRef":{"kind":"Deployment","name":"{{{{version}}}}","apiVersion":"apps/v1"}}}""";
}
