using Aeos.Backup.Tests.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>What comes along with a pod and a claim, and which rules it obeys: Velero 1.18, restoreItem in pkg/restore/restore.go.</summary>
public class RestoredCompanionsTests
{
    private const string Pod = """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","labels":{"app":"shop"}},"spec":{"priorityClassName":"fast","priority":9,
         "containers":[{"name":"c","image":"i"}],"volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"data"}}]},"status":{"phase":"Running"}}
        """;

    private const string Claim = """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop"},"spec":{"accessModes":["ReadWriteOnce"],
         "resources":{"requests":{"storage":"1Gi"}},"storageClassName":"","volumeName":"pv-1"},"status":{"phase":"Bound"}}
        """;

    private const string Volume = """
        {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"persistentVolumeReclaimPolicy":"Retain","capacity":{"storage":"1Gi"},
         "accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},"claimRef":{"kind":"PersistentVolumeClaim","namespace":"shop","name":"data","uid":"old"}},"status":{"phase":"Bound"}}
        """;

    private const string Priority = """{"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"fast"},"value":9}""";

    [Fact]
    public async Task Labels_do_not_matter_for_what_a_selected_pod_needs()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(
            bench, Shop(), new RestoreSpec { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "shop" } } });

        restore.Count("errors").ShouldBe(0, restore.Results.ToJsonString());
        bench.Cluster.Find("v1", "Pod", "shop", "web").ShouldNotBeNull();
        bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data").ShouldNotBeNull();
        bench.Cluster.Find("v1", "PersistentVolume", null, "pv-1").ShouldNotBeNull();
        bench.Cluster.Find("scheduling.k8s.io/v1", "PriorityClass", null, "fast").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_restore_of_some_namespaces_takes_along_what_they_need()
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, Shop(), new RestoreSpec { IncludedNamespaces = ["shop"] });

        bench.Cluster.Find("v1", "PersistentVolume", null, "pv-1").ShouldNotBeNull();
        ((string?)bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data")!["spec"]!["volumeName"]).ShouldBe("pv-1");
        bench.Cluster.Find("scheduling.k8s.io/v1", "PriorityClass", null, "fast").ShouldNotBeNull();
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(null, "pv")]
    public async Task What_is_excluded_does_not_come_along_and_the_claim_still_asks_for_its_volume(bool? include, string? excluded)
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(
            bench, new VeleroArchive().AddItem("persistentvolumeclaims", Claim).AddItem("persistentvolumes", Volume),
            new RestoreSpec { IncludedNamespaces = ["shop"], IncludeClusterResources = include, ExcludedResources = excluded is null ? null : [excluded] });

        bench.Cluster.Find("v1", "PersistentVolume", null, "pv-1").ShouldBeNull();
        ((string?)bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data")!["spec"]!["volumeName"]).ShouldBe("pv-1");
    }

    [Fact]
    public async Task What_a_pod_needs_is_made_before_it()
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, Shop(), new RestoreSpec { IncludedResources = ["pods", "pvc", "pv", "pc"], LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "shop" } } });

        var created = bench.Writes.Where(static write => write.StartsWith("POST ", StringComparison.Ordinal)).Select(static write => write.Split('?')[0].Split('/')[^1]).ToList();
        created.ShouldBe(["namespaces", "persistentvolumes", "persistentvolumeclaims", "priorityclasses", "pods"], ignoreOrder: true);
        created[^1].ShouldBe("pods");
        created.IndexOf("persistentvolumes").ShouldBeLessThan(created.IndexOf("persistentvolumeclaims"));
    }

    private static VeleroArchive Shop() => new VeleroArchive()
        .AddItem("pods", Pod)
        .AddItem("persistentvolumeclaims", Claim)
        .AddItem("persistentvolumes", Volume)
        .AddItem("priorityclasses.scheduling.k8s.io", Priority);
}
