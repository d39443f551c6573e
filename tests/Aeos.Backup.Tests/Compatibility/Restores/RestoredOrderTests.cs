using Aeos.Backup.Restores;
using Aeos.Backup.Tests.Restores;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>In which order types come back: Velero 1.18, getOrderedResources in pkg/restore/restore.go and pkg/types/priority.go.</summary>
public class RestoredOrderTests
{
    private static readonly string[] Types =
    [
        "customresourcedefinitions", "storageclasses", "clusterroles", "roles", "serviceaccounts", "clusterrolebindings", "rolebindings", "secrets", "configmaps",
        "limitranges", "priorityclasses", "pods", "replicasets", "services", "cronjobs", "deployments",
    ];

    [Fact]
    public async Task The_default_order_is_Veleros()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(bench, All());

        restore.Count("errors").ShouldBe(0, restore.Results.ToJsonString());
        Created(bench).ShouldBe(Types);
    }

    [Fact]
    public async Task An_order_of_ones_own_puts_types_first_and_last_and_the_rest_by_name_between()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(All().ToBytes());

        await bench.RestoreAsync(RestoreBench.Options with { Priorities = ResourcePriorities.Parse("svc,deploy,-,secrets,pods") });

        // By the types' full names: deployments.apps, clusterroles.rbac.authorization.k8s.io and so on.
        Created(bench).ShouldBe(
            [
                "customresourcedefinitions", "services", "deployments", "clusterrolebindings", "clusterroles", "configmaps", "cronjobs", "limitranges", "priorityclasses",
                "replicasets", "rolebindings", "roles", "serviceaccounts", "storageclasses", "secrets", "pods",
            ]);
    }

    [Theory]
    [InlineData("a,b", new[] { "a", "b" }, null)]
    [InlineData("a,-", new[] { "a" }, null)]
    [InlineData("-,z", null, new[] { "z" })]
    [InlineData("a,-,z", new[] { "a" }, new[] { "z" })]
    [InlineData("-", null, null)]
    [InlineData("", null, null)]
    public void The_notation_is_Veleros(string text, string[]? high, string[]? low)
    {
        var priorities = ResourcePriorities.Parse(text);

        priorities.High.ShouldBe(high ?? ResourcePriorities.Default.High);
        priorities.Low.ShouldBe(low ?? ResourcePriorities.Default.Low);
    }

    [Fact]
    public void Two_separators_are_refused() => Should.Throw<AeosException>(() => ResourcePriorities.Parse("a,-,b,-,c"));

    private static IEnumerable<string> Created(RestoreBench bench) => bench.Writes
        .Where(static write => write.StartsWith("POST ", StringComparison.Ordinal))
        .Select(static write => write.Split('?')[0].Split('/')[^1])
        .Where(static type => type != "namespaces")
        .Distinct();

    private static VeleroArchive All()
    {
        const string Template = """{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}""";
        const string Workload = $$$"""{"replicas":0,"selector":{"matchLabels":{"a":"b"}},"template":{{{Template}}}}""";
        return new VeleroArchive()
            .AddItem("deployments.apps", Item("apps/v1", "Deployment", "shop", "spec", Workload))
            .AddItem("cronjobs.batch", Item("batch/v1", "CronJob", "shop", "spec", """{"schedule":"0 0 * * *","suspend":true,"jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}"""))
            .AddItem("services", Item("v1", "Service", "shop", "spec", """{"ports":[{"port":80}]}"""))
            .AddItem("replicasets.apps", Item("apps/v1", "ReplicaSet", "shop", "spec", Workload))
            .AddItem("pods", Item("v1", "Pod", "shop", "spec", """{"containers":[{"name":"c","image":"i"}]}"""))
            .AddItem("priorityclasses.scheduling.k8s.io", Item("scheduling.k8s.io/v1", "PriorityClass", null, "value", "7"))
            .AddItem("limitranges", Item("v1", "LimitRange", "shop", "spec", """{"limits":[]}"""))
            .AddItem("configmaps", Item("v1", "ConfigMap", "shop", "data", "{}"))
            .AddItem("secrets", Item("v1", "Secret", "shop", "data", "{}"))
            .AddItem("rolebindings.rbac.authorization.k8s.io", Item("rbac.authorization.k8s.io/v1", "RoleBinding", "shop", "roleRef", """{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"it"}"""))
            .AddItem("clusterrolebindings.rbac.authorization.k8s.io", Item("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", null, "roleRef", """{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"it"}"""))
            .AddItem("serviceaccounts", Item("v1", "ServiceAccount", "shop", "secrets", "[]"))
            .AddItem("roles.rbac.authorization.k8s.io", Item("rbac.authorization.k8s.io/v1", "Role", "shop", "rules", "[]"))
            .AddItem("clusterroles.rbac.authorization.k8s.io", Item("rbac.authorization.k8s.io/v1", "ClusterRole", null, "rules", "[]"))
            .AddItem("storageclasses.storage.k8s.io", Item("storage.k8s.io/v1", "StorageClass", null, "provisioner", "\"x\""))
            .AddItem("customresourcedefinitions.apiextensions.k8s.io", """
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.org"},"spec":{"group":"example.org",
                 "names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"},"scope":"Namespaced",
                 "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
                """);
    }

    private static string Item(string version, string kind, string? ns, string field, string value) =>
        $$$"""{"apiVersion":"{{{version}}}","kind":"{{{kind}}}","metadata":{{{{(ns is null ? "" : $"\"namespace\":\"{ns}\",")}}}"name":"it"},"{{{field}}}":{{{value}}}}""";
}
