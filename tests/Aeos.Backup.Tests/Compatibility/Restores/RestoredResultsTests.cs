using Aeos.Backup.Tests.Restores;
using Aeos.Embedded;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>Where messages stand, and what becomes of objects that exist: Velero 1.18, pkg/restore/restore.go and pkg/util/results.</summary>
public class RestoredResultsTests
{
    private const string Map = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"},"data":{"colour":"blue"}}""";
    private const string Role = """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"clerk"},"rules":[]}""";

    [Fact]
    public async Task Errors_stand_under_their_namespace_or_under_the_cluster()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.BeforeRequest = static request =>
            request.Method == "POST" && request.Path.EndsWith("/clusterroles", StringComparison.Ordinal) ? Fault.Answer(403, "Forbidden", "no roles") : null;

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Map).AddItem("clusterroles.rbac.authorization.k8s.io", Role));

        restore.Phase.ShouldBe("PartiallyFailed");
        restore.Messages("errors", "cluster").ShouldHaveSingleItem().ShouldContain("no roles");
        restore.Count("errors").ShouldBe(1);
        restore.Of("rbac.authorization.k8s.io/v1/ClusterRole").ShouldBe(["clerk(failed)"]);
        bench.Cluster.Find("v1", "ConfigMap", "shop", "settings").ShouldNotBeNull();
    }

    [Fact]
    public async Task Warnings_stand_under_the_namespace_that_is_restored_into()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"copy"}}""");
        bench.Cluster.Seed(Map.Replace("shop", "copy", StringComparison.Ordinal).Replace("blue", "red", StringComparison.Ordinal));

        var restore = await RestoreView.RunAsync(
            bench, new VeleroArchive().AddItem("configmaps", Map), new RestoreSpec { NamespaceMapping = new Dictionary<string, string> { ["shop"] = "copy" } });

        restore.Phase.ShouldBe("Completed");
        restore.Messages("warnings", "copy").ShouldHaveSingleItem().ShouldContain("already exists");
        restore.Messages("warnings", "shop").ShouldBeEmpty();
        restore.Of("v1/ConfigMap").ShouldBe(["copy/settings(failed)"]);
    }

    [Fact]
    public async Task An_object_that_is_the_same_is_skipped_without_a_warning()
    {
        await using var bench = await RestoreBench.StartAsync();
        var archive = new VeleroArchive().AddItem("configmaps", Map).AddItem("clusterroles.rbac.authorization.k8s.io", Role);
        await RestoreView.RunAsync(bench, archive);

        var restore = await RestoreView.RunAsync(bench, archive, name: "twice");

        restore.Count("warnings").ShouldBe(0, restore.Results.ToJsonString());
        restore.Of("v1/ConfigMap").ShouldBe(["shop/settings(skipped)"]);
        restore.Of("rbac.authorization.k8s.io/v1/ClusterRole").ShouldBe(["clerk(skipped)"]);
        ((string?)bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!["metadata"]!["labels"]!["velero.io/restore-name"]).ShouldBe("again");
    }

    [Fact]
    public async Task Update_removes_what_the_backup_does_not_have()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop","annotations":{"mine":"x"}},"data":{"colour":"red","extra":"y"}}""");

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Map), new RestoreSpec { ExistingResourcePolicy = "update" });

        var item = bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!;
        item["data"]!.ToJsonString().ShouldBe("""{"colour":"blue"}""");
        item["metadata"]!["annotations"]?["mine"].ShouldBeNull();
        ((string?)item["metadata"]!["labels"]!["velero.io/restore-name"]).ShouldBe("again");
        restore.Of("v1/ConfigMap").ShouldBe(["shop/settings(updated)"]);
    }

    [Fact]
    public async Task A_port_that_another_service_has_is_an_error_and_ones_own_is_none()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        bench.Cluster.Seed(Service("web", 30090));
        bench.Cluster.Seed(Service("other", 30091));

        var restore = await RestoreView.RunAsync(
            bench, new VeleroArchive().AddItem("services", Service("web", 30090)).AddItem("services", Service("new", 30091)), new RestoreSpec { PreserveNodePorts = true });

        restore.Messages("errors", "shop").ShouldHaveSingleItem().ShouldContain("services/shop/new");
        bench.Cluster.Find("v1", "Service", "shop", "new").ShouldBeNull();
    }

    [Fact]
    public async Task An_empty_backup_is_a_warning()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive());

        restore.Phase.ShouldBe("Completed");
        restore.Messages("warnings", "velero").ShouldHaveSingleItem().ShouldContain("zero items");
        bench.Writes.ShouldBeEmpty();
    }

    private static string Service(string name, int port) =>
        $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"{{{name}}}","namespace":"shop"},"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":{{{port}}}}]}}""";
}
