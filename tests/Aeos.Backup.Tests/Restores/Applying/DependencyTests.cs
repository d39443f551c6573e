using Aeos.Backup.Restores;
using Aeos.Backup.Restores.Reporting;
using Aeos.Embedded;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>Objects that need others.</summary>
public class DependencyTests
{
    private const string Web = """{"app":"web"}""";
    private const string Account = """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"runner","namespace":"shop"}}""";

    private static RestoreSpec OnlyWeb { get; } = RestoreBench.Spec with
    {
        LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } },
    };

    [Fact]
    public async Task A_pods_claim_its_volume_and_its_priority_class_come_before_it_though_the_selector_left_them_out()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Application().ToBytes());

        var (_, outcome) = await bench.RestoreAsync(OnlyWeb);

        outcome.Errors.Count.ShouldBe(0);
        RestoreBench.Created(outcome).ShouldBe(["Namespace/shop", "PersistentVolume/pv-1", "PersistentVolumeClaim/data", "Pod/one", "Pod/two", "PriorityClass/urgent"]);
        var posts = bench.Writes.Where(static write => write.StartsWith("POST", StringComparison.Ordinal)).Select(static write => write.Split('/')[^1]).ToList();
        posts.IndexOf("persistentvolumes").ShouldBeLessThan(posts.IndexOf("persistentvolumeclaims"));
        posts.IndexOf("persistentvolumeclaims").ShouldBeLessThan(posts.IndexOf("pods"));
        posts.Count(static post => post == "persistentvolumeclaims").ShouldBe(1);
    }

    [Fact]
    public async Task A_companion_whose_type_is_excluded_stays_out_and_one_in_no_namespace_when_those_are_not_wanted()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Application().ToBytes());

        var (_, outcome) = await bench.RestoreAsync(OnlyWeb with { ExcludedResources = ["pvc"] });
        RestoreBench.Created(outcome).ShouldBe(["Namespace/shop", "Pod/one", "Pod/two", "PriorityClass/urgent"]);

        await using var other = await RestoreBench.StartAsync();
        await other.PutBackupAsync(new VeleroArchive().AddItem("persistentvolumes", Manifests.Volume("pv-1")).AddItem("persistentvolumeclaims", Manifests.Claim("data", "pv-1")).ToBytes());
        (_, outcome) = await other.RestoreAsync(RestoreBench.Spec with { IncludeClusterResources = false });
        RestoreBench.Created(outcome).ShouldBe(["Namespace/shop", "PersistentVolumeClaim/data"]);
    }

    [Fact]
    public async Task A_companion_that_the_backup_does_not_have_is_a_warning()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("persistentvolumeclaims", Manifests.Claim("data", "pv-9")).ToBytes());

        var (document, outcome) = await bench.RestoreAsync();

        document.Status.Phase.ShouldBe("Completed");
        outcome.Warnings.Cluster.Single().ShouldContain("unable to restore additional item persistentvolumes/pv-9");
        outcome.Items.Find("v1", "PersistentVolumeClaim", "shop", "data").ShouldBe(ItemAction.Created);
    }

    [Fact]
    public async Task An_object_that_lacks_what_comes_after_it_is_tried_again_without_a_pause()
    {
        await using var bench = await RestoreBench.StartAsync();
        var time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        bench.Time = time;
        await bench.PutBackupAsync(new VeleroArchive().AddItem("pods", Manifests.Pod("one", ",\"serviceAccountName\":\"runner\"")).AddItem("serviceaccounts", Account).ToBytes());

        var (document, _) = await bench.RestoreAsync(RestoreBench.Options with { Priorities = ResourcePriorities.Parse("pods,serviceaccounts") });

        document.Status.Phase.ShouldBe("Completed");
        bench.Cluster.Find("v1", "Pod", "shop", "one").ShouldNotBeNull();
        time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_never_comes_is_waited_for_so_long_and_no_longer()
    {
        await using var bench = await RestoreBench.StartAsync();
        var time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        bench.Time = time;
        await bench.PutBackupAsync(new VeleroArchive().AddItem("pods", Manifests.Pod("one", ",\"serviceAccountName\":\"runner\"")).ToBytes());

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { DependencyTimeout = TimeSpan.FromSeconds(20) });

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Namespaces["shop"].Single().ShouldContain("serviceaccount \"runner\" not found");
        outcome.Items.Find("v1", "Pod", "shop", "one").ShouldBe(ItemAction.Failed);
        time.Waits.Sum(static wait => wait.TotalSeconds).ShouldBeInRange(20, 30);
    }

    [Fact]
    public async Task A_webhook_whose_pods_do_not_run_yet_is_waited_for()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Time = new ManualTime { JumpsToTimers = TimeSpan.FromMinutes(2) };
        await bench.PutBackupAsync(new VeleroArchive().AddItem("configmaps", Manifests.ConfigMap("one")).ToBytes());
        var refused = 0;
        bench.Fault = request => request.Method == "POST" && request.Path.EndsWith("configmaps", StringComparison.Ordinal) && refused++ < 3
            ? Fault.Answer(500, "InternalError", "failed calling webhook \"check.example.org\": connection refused") : null;

        var (document, outcome) = await bench.RestoreAsync();

        document.Status.Phase.ShouldBe("Completed");
        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Created);
    }

    private static VeleroArchive Application() => new VeleroArchive()
        .AddItem("pods", Manifests.Pod("one", ""","volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"data"}}],"priorityClassName":"urgent" """, Web))
        .AddItem("pods", Manifests.Pod("two", ""","volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"data"}}]""", Web))
        .AddItem("persistentvolumes", Manifests.Volume("pv-1"))
        .AddItem("persistentvolumeclaims", Manifests.Claim("data", "pv-1"))
        .AddItem("configmaps", Manifests.ConfigMap("settings"))
        .AddItem("priorityclasses.scheduling.k8s.io", """{"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"urgent"},"value":7}""");
}
