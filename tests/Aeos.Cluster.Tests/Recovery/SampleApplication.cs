using Aeos.Cluster.Tests.Running;

namespace Aeos.Cluster.Tests.Recovery;

/// <summary>A small application with one of each kind of object that such a thing has, and a definition of its own.</summary>
internal static class SampleApplication
{
    private const string Pod = """{"metadata":{"labels":{"app":"web"}},"spec":{"serviceAccountName":"runner","containers":[{"name":"c","image":"example.org/web:1"}]}}""";

    /// <returns>Its namespace.</returns>
    public static async Task<string> CreateAsync(ClusterRoom room)
    {
        await room.DefineAsync("widgets", "Widget");
        var ns = await room.CreateNamespaceAsync("shop", """{"team":"a"}""");
        await room.CreateAsync(Of(ns, "v1", "ServiceAccount", "runner", """ "imagePullSecrets":[{"name":"registry"}] """));
        await room.CreateConfigMapAsync(ns, "settings", "blue");
        await room.CreateSecretAsync(ns, "password", "p", [0, 255, 7]);
        await room.CreateAsync(Of(ns, "v1", "Service", "web", """ "spec":{"selector":{"app":"web"},"ports":[{"name":"http","port":80}]} """));
        await room.CreateAsync(Of(ns, "v1", "Service", "peers", """ "spec":{"clusterIP":"None","selector":{"app":"web"},"ports":[{"name":"http","port":80}]} """));
        await room.CreateAsync(Of(ns, "apps/v1", "Deployment", "web", $$$""" "spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{{{Pod}}}} """));
        await room.CreateAsync(Of(ns, "apps/v1", "StatefulSet", "db", $$$""" "spec":{"serviceName":"peers","selector":{"matchLabels":{"app":"web"}},"template":{{{Pod}}},"replicas":0} """));
        await room.CreateAsync(Of(ns, "batch/v1", "CronJob", "nightly", """ "spec":{"schedule":"0 3 1 1 *","suspend":true,"jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"example.org/job:1"}]}}}}} """));
        await room.CreateAsync(Of(ns, "networking.k8s.io/v1", "NetworkPolicy", "deny", """ "spec":{"podSelector":{},"policyTypes":["Ingress"]} """));
        await room.CreateAsync(Of(ns, "rbac.authorization.k8s.io/v1", "Role", "reader", """ "rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["get"]}] """));
        await room.CreateAsync(Of(ns, "rbac.authorization.k8s.io/v1", "RoleBinding", "reader", $$"""
            "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},"subjects":[{"kind":"ServiceAccount","name":"runner","namespace":"{{ns}}"}]
            """));
        await room.CreateAsync(Of(ns, "v1", "ResourceQuota", "quota", """ "spec":{"hard":{"count/secrets":"100"}} """));
        await room.CreateAsync(Of(ns, "policy/v1", "PodDisruptionBudget", "web", """ "spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"web"}}} """));
        await room.CreateAsync(Of(ns, $"{room.Group}/v1", "Widget", "gear", """ "spec":{"size":7,"unknown":{"kept":[1.0,"é"]}} """));
        if (!room.HasWorkloads)
        {
            return ns;
        }

        await room.UntilAsync(await room.TypeAsync("apps/v1", "Deployment"), ns, "web", static now => $"{now.At("status", "replicas")}" == "2");
        return ns;
    }

    public static async Task DeleteAsync(ClusterRoom room, string ns)
    {
        await room.DeleteNamespaceAsync(ns);
        await room.DeleteAsync("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, $"widgets.{room.Group}");
    }

    private static string Of(string ns, string apiVersion, string kind, string name, string rest)
        => $$$"""{"apiVersion":"{{{apiVersion}}}","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},{{{rest}}}}""";
}
