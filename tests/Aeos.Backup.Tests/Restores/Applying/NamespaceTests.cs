using Aeos.Embedded;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Tests.Fixtures;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>Namespaces are there before anything goes into them.</summary>
public class NamespaceTests
{
    private static byte[] Archive { get; } = new VeleroArchive()
        .AddItem("configmaps", Manifests.ConfigMap("one"))
        .AddItem("configmaps", Manifests.ConfigMap("two"))
        .AddItem("configmaps", Manifests.ConfigMap("one", "other"))
        .ToBytes();

    [Fact]
    public async Task A_namespace_that_never_ends_is_one_error_in_bounded_time_and_the_others_are_restored()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        bench.Cluster.Seed(Manifests.Namespace("shop"));
        await bench.PutBackupAsync(Archive);
        using var hold = bench.Cluster.HoldNamespaces();
        await bench.Client.DeleteAsync(WellKnownResources.Namespaces, null, "shop");

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { TerminatingTimeout = TimeSpan.FromMinutes(1) });

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Velero.Single().ShouldContain("timed out waiting for terminating namespace shop to disappear");
        outcome.Errors.Count.ShouldBe(1);
        bench.Cluster.Find("v1", "ConfigMap", "other", "one").ShouldNotBeNull();
        bench.Cluster.Find("v1", "ConfigMap", "shop", "one").ShouldBeNull();
    }

    [Fact]
    public async Task One_who_may_make_no_namespaces_restores_into_those_that_are_there()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Namespace("shop"));
        await bench.PutBackupAsync(Archive);
        bench.Fault = static request => request is { Method: "POST", Path: "/api/v1/namespaces" } ? Fault.Answer(403, "Forbidden", "namespaces is forbidden") : null;

        var (_, outcome) = await bench.RestoreAsync();

        bench.Cluster.Find("v1", "ConfigMap", "shop", "one").ShouldNotBeNull();
        outcome.Errors.Velero.Single().ShouldContain("error creating namespace other");
    }

    [Fact]
    public async Task A_namespace_that_is_there_keeps_its_labels()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Namespace("shop", """{"team":"here"}"""));
        await bench.PutBackupAsync(new VeleroArchive().AddItem("namespaces", Manifests.Namespace("shop", """{"team":"backup"}""")).AddItem("configmaps", Manifests.ConfigMap("one")).ToBytes());

        var (_, outcome) = await bench.RestoreAsync();

        ((string?)bench.Cluster.Find("v1", "Namespace", null, "shop")!["metadata"]!["labels"]!["team"]).ShouldBe("here");
        RestoreBench.Created(outcome).ShouldBe(["ConfigMap/one"]);
    }

    [Fact]
    public async Task Two_namespaces_that_are_mapped_to_one_meet_there_and_the_second_of_a_name_is_left_out()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Archive);

        var (document, outcome) = await bench.RestoreAsync(
            RestoreBench.Spec with { NamespaceMapping = new Dictionary<string, string> { ["shop"] = "both", ["other"] = "both" } });

        document.Status.Phase.ShouldBe("Completed");
        RestoreBench.Created(outcome).ShouldBe(["ConfigMap/one", "ConfigMap/two", "Namespace/both"]);
    }
}
