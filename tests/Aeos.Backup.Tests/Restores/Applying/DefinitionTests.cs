using Aeos.Backup.Restores.Reporting;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>Definitions go first, and what they define waits for them.</summary>
public class DefinitionTests
{
    private static VeleroArchive Archive() => new VeleroArchive()
        .AddItem("widgets.example.org", Manifests.Widget("one"))
        .AddItem("configmaps", Manifests.ConfigMap("one"))
        .AddItem(Manifests.Definitions, Manifests.Definition);

    [Fact]
    public async Task A_definition_that_is_never_established_ends_in_bounded_time_with_a_result_that_says_so()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        await bench.PutBackupAsync(Archive().ToBytes());
        using var hold = bench.Cluster.HoldDefinitions();

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { ResourceTimeout = TimeSpan.FromMinutes(1) });

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Cluster.Single().ShouldContain("the CRD widgets.example.org is not available to use for custom resources");
        outcome.Errors.Namespaces["shop"].Single().ShouldContain("the cluster does not serve widgets in example.org/v1");
        bench.Cluster.Find("v1", "ConfigMap", "shop", "one").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_definition_that_is_established_late_is_waited_for()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive().ToBytes());
        var hold = bench.Cluster.HoldDefinitions();
        bench.Fault = request =>
        {
            if (request.Path.EndsWith("customresourcedefinitions", StringComparison.Ordinal) && request.Query.Contains("watch", StringComparison.Ordinal))
            {
                hold.Dispose();
            }

            return null;
        };

        var (document, _) = await bench.RestoreAsync();

        document.Status.Phase.ShouldBe("Completed");
        bench.Cluster.Find("example.org/v1", "Widget", "shop", "one").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_version_that_an_updated_definition_brings_is_served_before_its_objects_come()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Definition.Replace("\"name\":\"v1\"", "\"name\":\"v0\"", StringComparison.Ordinal));
        await bench.Cluster.SettleAsync();
        await bench.PutBackupAsync(Archive().ToBytes());

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Spec with { ExistingResourcePolicy = "update" });

        document.Status.Phase.ShouldBe("Completed");
        outcome.Items.Find("example.org/v1", "Widget", "shop", "one").ShouldBe(ItemAction.Created);
    }

    [Fact]
    public async Task An_error_before_does_not_end_the_wait_for_definitions()
    {
        await using var bench = await RestoreBench.StartAsync();
        var refused = Manifests.Definition.Replace("widgets", "gadgets", StringComparison.Ordinal).Replace("\"scope\":\"Namespaced\"", "\"scope\":\"Nowhere\"", StringComparison.Ordinal);
        await bench.PutBackupAsync(Archive().AddItem(Manifests.Definitions, refused).ToBytes());

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Errors.Cluster.ShouldContain(static error => error.Contains("gadgets.example.org", StringComparison.Ordinal));
        bench.Cluster.Find("example.org/v1", "Widget", "shop", "one").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_definition_that_the_selector_left_out_is_not_waited_for()
    {
        await using var bench = await RestoreBench.StartAsync();
        var time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        bench.Time = time;
        await bench.PutBackupAsync(Archive().AddItem("configmaps", Manifests.ConfigMap("red", labels: """{"app":"red"}""")).ToBytes());

        var (document, _) = await bench.RestoreAsync(
            RestoreBench.Spec with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "red" } } });

        document.Status.Phase.ShouldBe("Completed");
        time.Waits.ShouldBeEmpty();
        bench.Cluster.Find("v1", "ConfigMap", "shop", "red").ShouldNotBeNull();
    }
}
