using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Restores.Selecting;

/// <summary>Which objects of a backup are restored.</summary>
public class SelectionTests
{
    private static VeleroArchive Archive() => new VeleroArchive()
        .AddItem("namespaces", Manifests.Namespace("shop"))
        .AddItem("namespaces", Manifests.Namespace("empty"))
        .AddItem("configmaps", Manifests.ConfigMap("red", labels: """{"app":"red"}"""))
        .AddItem("configmaps", Manifests.ConfigMap("blue", labels: """{"app":"blue"}"""))
        .AddItem("configmaps", Manifests.ConfigMap("green", "shop-2"))
        .AddItem("persistentvolumes", Manifests.Volume("pv-1"))
        .AddItem("nodes", """{"apiVersion":"v1","kind":"Node","metadata":{"name":"old"}}""");

    [Theory]
    [InlineData("cm")]
    [InlineData("configmap")]
    [InlineData("ConfigMap")]
    [InlineData("configmaps")]
    public async Task A_type_may_be_named_in_any_form_that_the_cluster_knows(string type)
    {
        var restored = await RestoreAsync(new RestoreSpec { BackupName = "nightly", ExcludedResources = [type] });

        restored.ShouldBe(["Namespace/empty", "Namespace/shop", "PersistentVolume/pv-1"]);
    }

    [Fact]
    public async Task A_type_that_the_cluster_does_not_know_includes_nothing_else()
        => (await RestoreAsync(new RestoreSpec { BackupName = "nightly", IncludedResources = ["gadgets"] })).ShouldBeEmpty();

    [Fact]
    public async Task A_restore_of_some_namespaces_leaves_out_what_is_in_none_and_empty_namespaces()
    {
        var restored = await RestoreAsync(new RestoreSpec { BackupName = "nightly", IncludedNamespaces = ["shop", "empty"] });

        restored.ShouldBe(["ConfigMap/blue", "ConfigMap/red", "Namespace/shop"]);
    }

    [Fact]
    public async Task Namespaces_are_chosen_by_pattern_among_those_of_the_backup()
    {
        var restored = await RestoreAsync(new RestoreSpec { BackupName = "nightly", IncludedNamespaces = ["shop-*"] });

        restored.ShouldBe(["ConfigMap/green", "Namespace/shop-2"]);
    }

    [Fact]
    public async Task A_pattern_that_matches_no_namespace_restores_nothing()
        => (await RestoreAsync(new RestoreSpec { BackupName = "nightly", IncludedNamespaces = ["zoo-*"] })).ShouldBeEmpty();

    [Fact]
    public async Task Objects_in_no_namespace_come_along_when_that_is_asked_for()
    {
        var restored = await RestoreAsync(new RestoreSpec { BackupName = "nightly", IncludedNamespaces = ["shop"], IncludeClusterResources = true });

        restored.ShouldBe(["ConfigMap/blue", "ConfigMap/red", "Namespace/empty", "Namespace/shop", "PersistentVolume/pv-1"]);
    }

    [Fact]
    public async Task Objects_in_no_namespace_stay_out_when_that_is_asked_for()
    {
        var restored = await RestoreAsync(new RestoreSpec { BackupName = "nightly", IncludeClusterResources = false });

        restored.ShouldBe(["ConfigMap/blue", "ConfigMap/green", "ConfigMap/red", "Namespace/shop", "Namespace/shop-2"]);
    }

    [Fact]
    public async Task One_of_several_selectors_is_enough()
    {
        var spec = new RestoreSpec
        {
            BackupName = "nightly",
            OrLabelSelectors =
            [
                new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "red" } },
                new LabelSelector { MatchExpressions = [new LabelRequirement { Key = "app", Operator = "In", Values = ["blue", "white"] }] },
            ],
        };

        (await RestoreAsync(spec)).ShouldBe(["ConfigMap/blue", "ConfigMap/red", "Namespace/shop"]);
    }

    [Fact]
    public async Task A_schedule_stands_for_its_newest_completed_backup()
    {
        await using var bench = await RestoreBench.StartAsync();
        await PutAsync("daily-1", "Completed", "2026-01-01T00:00:00Z");
        await PutAsync("daily-2", "Completed", "2026-01-02T00:00:00Z");
        await PutAsync("daily-3", "PartiallyFailed", "2026-01-03T00:00:00Z");

        var (document, _) = await bench.RestoreAsync(new RestoreSpec { ScheduleName = "daily" });

        document.Spec.BackupName.ShouldBe("daily-2");
        bench.Cluster.Find("v1", "ConfigMap", "shop", "daily-2").ShouldNotBeNull();
        (await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(RestoreBench.Options with { Name = "other", Spec = new RestoreSpec { ScheduleName = "weekly" } })))
            .Message.ShouldContain("No backups found for schedule");

        Task PutAsync(string name, string phase, string started) => bench.PutBackupAsync(
            new VeleroArchive().AddItem("configmaps", Manifests.ConfigMap(name)).ToBytes(), phase: phase, name: name,
            metadata: """,\"labels\":{\"velero.io/schedule-name\":\"daily\"}""".Replace("\\", "", StringComparison.Ordinal), started: started);
    }

    // Names of what was made.
    private static async Task<string[]> RestoreAsync(RestoreSpec spec)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive().ToBytes());
        var (_, outcome) = await bench.RestoreAsync(spec);
        outcome.Errors.Count.ShouldBe(0);
        return RestoreBench.Created(outcome);
    }
}
