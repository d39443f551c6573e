using Aeos.Backup.Tests.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>Which objects a restore has: Velero 1.18, pkg/restore/restore.go and pkg/controller/restore_controller.go.</summary>
public class RestoredSelectionTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "shop", false)]
    [InlineData(true, "shop", true)]
    [InlineData(false, null, false)]
    public async Task Objects_without_namespace_follow_includeClusterResources(bool? include, string? ns, bool restored)
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, Shop(), new RestoreSpec { IncludeClusterResources = include, IncludedNamespaces = ns is null ? null : [ns] });

        (bench.Cluster.Find("rbac.authorization.k8s.io/v1", "ClusterRole", null, "clerk") is not null).ShouldBe(restored);
        bench.Cluster.Find("v1", "ConfigMap", "shop", "settings").ShouldNotBeNull();
    }

    [Fact]
    public async Task An_exclude_of_a_namespace_leaves_out_what_is_in_none_as_well()
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, Shop(), new RestoreSpec { ExcludedNamespaces = ["office"] });

        bench.Cluster.Find("v1", "ConfigMap", "shop", "settings").ShouldNotBeNull();
        bench.Cluster.Find("v1", "ConfigMap", "office", "settings").ShouldBeNull();
        bench.Cluster.Find("rbac.authorization.k8s.io/v1", "ClusterRole", null, "clerk").ShouldBeNull();
    }

    [Theory]
    [InlineData("sh*")]
    [InlineData("sh?p")]
    public async Task Patterns_match_names_of_namespaces(string pattern)
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, Shop(), new RestoreSpec { IncludedNamespaces = [pattern] });

        bench.Cluster.Find("v1", "ConfigMap", "shop", "settings").ShouldNotBeNull();
        bench.Cluster.Find("v1", "ConfigMap", "office", "settings").ShouldBeNull();
    }

    [Theory]
    [InlineData("cm")]
    [InlineData("configmap")]
    [InlineData("config*")]
    public async Task Types_are_included_by_any_of_their_names(string type)
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(bench, Shop(), new RestoreSpec { IncludedResources = [type] });

        restore.Of("v1/ConfigMap").Count().ShouldBe(2);
        restore.Of("v1/Secret").ShouldBeEmpty();
    }

    [Fact]
    public async Task One_of_several_selectors_must_match()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(bench, Shop(), new RestoreSpec { OrLabelSelectors = [Label("app", "none"), Label("app", "shop")] });

        restore.Of("v1/ConfigMap").ShouldBe(["shop/settings(created)"]);
        restore.Of("v1/Secret").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_belongs_to_one_cluster_is_never_restored()
    {
        await using var bench = await RestoreBench.StartAsync();
        var archive = Shop();
        foreach (var (type, version, kind, ns) in ((string, string, string, string?)[])
            [
                ("nodes", "v1", "Node", null), ("events", "v1", "Event", "shop"), ("events.events.k8s.io", "events.k8s.io/v1", "Event", "shop"),
                ("csinodes.storage.k8s.io", "storage.k8s.io/v1", "CSINode", null), ("volumeattachments.storage.k8s.io", "storage.k8s.io/v1", "VolumeAttachment", null),
                ("backups.velero.io", "velero.io/v1", "Backup", "shop"), ("restores.velero.io", "velero.io/v1", "Restore", "shop"),
                ("backuprepositories.velero.io", "velero.io/v1", "BackupRepository", "shop"), ("resticrepositories.velero.io", "velero.io/v1", "ResticRepository", "shop"),
            ])
        {
            var scope = ns is null ? "" : $"\"namespace\":\"{ns}\",";
            archive.AddItem(type, $$$"""{"apiVersion":"{{{version}}}","kind":"{{{kind}}}","metadata":{{{{scope}}}"name":"old"}}""");
        }

        var restore = await RestoreView.RunAsync(bench, archive);

        restore.Count("errors").ShouldBe(0);
        bench.Writes.ShouldNotContain(static write => write.Contains("/old", StringComparison.Ordinal) || write.Contains("events", StringComparison.Ordinal));
        restore.List.AsObject().Select(static pair => pair.Key).ShouldBe(["rbac.authorization.k8s.io/v1/ClusterRole", "v1/ConfigMap", "v1/Namespace", "v1/Secret"], ignoreOrder: true);
    }

    [Fact]
    public async Task Completed_jobs_are_left_out_and_failed_ones_are_not()
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, Shop()
            .AddItem("jobs.batch", Job("done", """{"completionTime":"2020-01-01T00:00:00Z","succeeded":1}"""))
            .AddItem("jobs.batch", Job("failed", """{"failed":6,"conditions":[{"type":"Failed","status":"True"}]}""")));

        bench.Cluster.Find("batch/v1", "Job", "shop", "done").ShouldBeNull();
        bench.Cluster.Find("batch/v1", "Job", "shop", "failed").ShouldNotBeNull();
    }

    [Fact]
    public async Task Completed_and_mirror_pods_are_left_out()
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, Shop()
            .AddItem("pods", Pod("succeeded", "{}", "Succeeded"))
            .AddItem("pods", Pod("failed", "{}", "Failed"))
            .AddItem("pods", Pod("mirror", """{"kubernetes.io/config.mirror":"x"}""", "Running"))
            .AddItem("pods", Pod("running", "{}", "Running")));

        foreach (var gone in (string[])["succeeded", "failed", "mirror"])
        {
            bench.Cluster.Find("v1", "Pod", "shop", gone).ShouldBeNull(gone);
        }

        bench.Cluster.Find("v1", "Pod", "shop", "running").ShouldNotBeNull();
    }

    private static LabelSelector Label(string name, string value) => new() { MatchLabels = new Dictionary<string, string> { [name] = value } };

    private static string Pod(string name, string annotations, string phase) =>
        $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"shop","annotations":{{{annotations}}}},"spec":{"containers":[{"name":"c","image":"i"}]},"status":{"phase":"{{{phase}}}"} }""";

    private static string Job(string name, string status) =>
        $$$$"""{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"{{{{name}}}}","namespace":"shop"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}},"status":{{{{status}}}}}""";

    private static VeleroArchive Shop() => new VeleroArchive()
        .AddItem("configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop","labels":{"app":"shop"}}}""")
        .AddItem("configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"office"}}""")
        .AddItem("secrets", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"password","namespace":"office"}}""")
        .AddItem("clusterroles.rbac.authorization.k8s.io", """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"clerk"},"rules":[]}""");
}
