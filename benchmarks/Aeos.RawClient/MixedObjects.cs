using System.Globalization;
using System.Text;

namespace Aeos.RawClient;

/// <summary>Small objects of 40 types, 15 of them custom, dealt out over namespaces: a cluster of many kinds of things, none of which makes the server start anything.</summary>
internal static class MixedObjects
{
    private const int CustomTypes = 15;
    private const string Group = "bench.aeos.example";
    private const string Labels = """{"app":"web"}""";
    private const string Pods = """{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"example.com/web:1"}]}}""";
    private const string Jobs = """{"metadata":{"labels":{"app":"web"}},"spec":{"restartPolicy":"Never","containers":[{"name":"web","image":"example.com/web:1"}]}}""";

    private static readonly (string Path, string Kind, string Fields)[] BuiltIn =
    [
        ("api/v1:configmaps", "ConfigMap", """ "data":{"settings":"color=green\nsize=3\n"} """),
        ("api/v1:secrets", "Secret", """ "stringData":{"password":"correct-horse"} """),
        ("api/v1:serviceaccounts", "ServiceAccount", """ "automountServiceAccountToken":false """),
        ("api/v1:services", "Service", """ "spec":{"selector":{"app":"web"},"ports":[{"port":80}]} """),
        ("api/v1:limitranges", "LimitRange", """ "spec":{"limits":[]} """),
        ("api/v1:resourcequotas", "ResourceQuota", """ "spec":{} """),
        ("api/v1:endpoints", "Endpoints", """ "subsets":[] """),
        ("api/v1:podtemplates", "PodTemplate", $""" "template":{Pods} """),
        ("api/v1:replicationcontrollers", "ReplicationController", $$""" "spec":{"replicas":0,"selector":{{Labels}},"template":{{Pods}} } """),
        ("api/v1:persistentvolumeclaims", "PersistentVolumeClaim", """ "spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}} """),
        ("apis/apps/v1:deployments", "Deployment", Workload(""" "replicas":0 """)),
        ("apis/apps/v1:replicasets", "ReplicaSet", Workload(""" "replicas":0 """)),
        ("apis/apps/v1:statefulsets", "StatefulSet", Workload(""" "replicas":0,"serviceName":"web" """)),
        ("apis/apps/v1:daemonsets", "DaemonSet", Workload(""" "minReadySeconds":1 """)),
        ("apis/apps/v1:controllerrevisions", "ControllerRevision", """ "revision":1,"data":{} """),
        ("apis/batch/v1:jobs", "Job", $$""" "spec":{"suspend":true,"template":{{Jobs}} } """),
        ("apis/batch/v1:cronjobs", "CronJob", $$""" "spec":{"suspend":true,"schedule":"0 3 * * *","jobTemplate":{"spec":{"template":{{Jobs}} } } } """),
        ("apis/autoscaling/v2:horizontalpodautoscalers", "HorizontalPodAutoscaler", """ "spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}} """),
        ("apis/policy/v1:poddisruptionbudgets", "PodDisruptionBudget", $$""" "spec":{"minAvailable":1,"selector":{"matchLabels":{{Labels}} } } """),
        ("apis/networking.k8s.io/v1:ingresses", "Ingress", """ "spec":{"defaultBackend":{"service":{"name":"web","port":{"number":80}}}} """),
        ("apis/networking.k8s.io/v1:networkpolicies", "NetworkPolicy", """ "spec":{"podSelector":{},"policyTypes":["Ingress"]} """),
        ("apis/rbac.authorization.k8s.io/v1:roles", "Role", """ "rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}] """),
        ("apis/rbac.authorization.k8s.io/v1:rolebindings", "RoleBinding", """ "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},"subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"jane"}] """),
        ("apis/coordination.k8s.io/v1:leases", "Lease", """ "spec":{"holderIdentity":"web"} """),
        ("apis/discovery.k8s.io/v1:endpointslices", "EndpointSlice", """ "addressType":"IPv4","endpoints":[] """),
    ];

    /// <summary>The definitions of the custom types, to be made first.</summary>
    public static IEnumerable<byte[]> Definitions => Enumerable.Range(0, CustomTypes).Select(number => Encoding.UTF8.GetBytes($$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widget{{{number}}}s.{{{Group}}}"},"spec":{"group":"{{{Group}}}","scope":"Namespaced","names":{"plural":"widget{{{number}}}s","singular":"widget{{{number}}}","kind":"Widget{{{number}}}" },"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } } ] } }
        """));

    /// <summary>One of them: its collection's path and its body.</summary>
    public static (string Path, byte[] Body) Object(int number, IReadOnlyList<string> namespaces)
    {
        var types = BuiltIn.Length + CustomTypes;
        var (path, kind, fields) = number % types is var type && type < BuiltIn.Length
            ? BuiltIn[type]
            : ($"apis/{Group}/v1:widget{type - BuiltIn.Length}s", $"Widget{type - BuiltIn.Length}", """ "spec":{"color":"green","parts":[1,2,3]} """);
        var parts = path.Split(':');
        var version = parts[0][(parts[0].IndexOf('/', StringComparison.Ordinal) + 1)..];
        var space = namespaces[number / types % namespaces.Count];
        var name = (number / types / namespaces.Count).ToString(CultureInfo.InvariantCulture);
        return ($"/{parts[0]}/namespaces/{space}/{parts[1]}", Encoding.UTF8.GetBytes(
            $$"""{"apiVersion":"{{version}}","kind":"{{kind}}","metadata":{"name":"item-{{name}}","labels":{{Labels}} },{{fields}} }"""));
    }

    private static string Workload(string fields) => $$""" "spec":{ {{fields}},"selector":{"matchLabels":{{Labels}} },"template":{{Pods}} } """;
}
