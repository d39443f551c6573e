using Aeos.Backup.Backups;
using Aeos.Backup.Tests.Backups;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Hooks;

public class BackupHookTests
{
    private readonly List<string> _calls = [];

    [Fact]
    public async Task A_pods_annotations_run_a_command_before_and_one_after_it()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db", """
            "pre.hook.backup.velero.io/command":"[\"freeze\",\"/data\"]","pre.hook.backup.velero.io/container":"sidecar",
            "post.hook.backup.velero.io/command":"thaw"
            """);

        var outcome = await BackUpAsync(fixture);

        _calls.ShouldBe(["db/sidecar: freeze /data", "db/main: thaw"]);
        outcome.Results.Errors.Count.ShouldBe(0);
        outcome.Document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 2 });
        Has(fixture, "db").ShouldBeTrue();
    }

    [Fact]
    public async Task Annotations_without_a_phase_mean_before()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db", """ "hook.backup.velero.io/command":"freeze","hook.backup.velero.io/container":"sidecar" """);
        await BackUpAsync(fixture);
        _calls.ShouldBe(["db/sidecar: freeze"]);
    }

    [Fact]
    public async Task A_pod_with_an_annotation_runs_no_hook_of_the_spec_in_that_phase()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db", """ "pre.hook.backup.velero.io/command":"own" """);
        await BackUpAsync(fixture, Group([Exec("spec-pre")], [Exec("spec-post")]));
        _calls.ShouldBe(["db/main: own", "db/main: spec-post"]);
    }

    [Fact]
    public async Task The_specs_hooks_run_in_their_order_in_the_pods_that_they_select()
    {
        await using var fixture = await StartAsync();
        fixture.SeedNamespace("other");
        await fixture.Cluster.SettleAsync();
        SeedPod(fixture, "db", labels: """ "app":"db" """);
        SeedPod(fixture, "web", labels: """ "app":"web" """);
        SeedPod(fixture, "db", labels: """ "app":"db" """, ns: "other");

        await BackUpAsync(
            fixture,
            Group([Exec("labelled"), Exec("second")]) with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "db" } }, IncludedNamespaces = ["sh*"] },
            Group([Exec("not-pods")]) with { IncludedResources = ["deploy"] },
            Group([Exec("no-pods")]) with { ExcludedResources = ["po"] },
            Group([Exec("not-here")]) with { ExcludedNamespaces = ["shop"], IncludedResources = ["po", "svc"] });

        _calls.Order(StringComparer.Ordinal).ShouldBe(["db/main: labelled", "db/main: not-here", "db/main: second"]);
        _calls.IndexOf("db/main: labelled").ShouldBeLessThan(_calls.IndexOf("db/main: second"));
    }

    [Fact]
    public async Task A_pre_hook_that_fails_with_Fail_leaves_its_pod_out_and_no_more_of_its_hooks_run()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db");
        SeedPod(fixture, "web", """ "pre.hook.backup.velero.io/command":"fine" """);

        var outcome = await BackUpAsync(fixture, Group([Exec("exit 3", onError: "Fail"), Exec("later")], [Exec("thaw")]));

        Has(fixture, "db").ShouldBeFalse();
        Has(fixture, "web").ShouldBeTrue();
        _calls.ShouldBe(["db/main: exit 3", "web/main: fine", "web/main: thaw"]);
        outcome.Document.Status.Phase.ShouldBe("PartiallyFailed");

        // The one that was not run counts as attempted.
        outcome.Document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 4, HooksFailed = 1 });
        var errors = outcome.Results.Errors.Velero.ToList();
        errors.Count.ShouldBe(2);
        errors[0].ShouldContain("pre hook group in the pod shop/db: the command ended with exit code 3");
        errors[1].ShouldContain("the pod shop/db is not in the backup");
    }

    [Theory]
    [InlineData("Continue")]
    [InlineData(null)]
    public async Task A_pre_hook_that_fails_otherwise_is_an_error_and_the_pod_is_in_the_backup(string? onError)
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db");
        var outcome = await BackUpAsync(fixture, Group([Exec("exit 1", onError), Exec("next")], [Exec("thaw")]));
        Has(fixture, "db").ShouldBeTrue();
        _calls.ShouldBe(["db/main: exit 1", "db/main: next", "db/main: thaw"]);
        outcome.Results.Errors.Velero.Count.ShouldBe(1);
        outcome.Document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 3, HooksFailed = 1 });
    }

    [Fact]
    public async Task A_post_hook_that_fails_with_Fail_is_an_error_and_the_pod_stays_in_the_backup()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db");
        var outcome = await BackUpAsync(fixture, Group([], [Exec("exit 1", "Fail"), Exec("later")]));
        Has(fixture, "db").ShouldBeTrue();
        _calls.ShouldBe(["db/main: exit 1"]);
        outcome.Results.Errors.Velero.Count.ShouldBe(2);
        outcome.Document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 2, HooksFailed = 1 });
    }

    [Fact]
    public async Task A_container_that_the_pod_does_not_have_is_a_failure_and_one_that_goes_on_beside_it_is_none()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db", """ "pre.hook.backup.velero.io/command":"x","pre.hook.backup.velero.io/container":"nobody" """);
        SeedPod(fixture, "web", """ "pre.hook.backup.velero.io/command":"x","pre.hook.backup.velero.io/container":"beside" """);
        var outcome = await BackUpAsync(fixture);
        _calls.ShouldBe(["web/beside: x"]);
        outcome.Results.Errors.Velero.ShouldHaveSingleItem().ShouldContain("has no container \"nobody\"");
    }

    [Fact]
    public async Task A_pod_that_has_ended_runs_no_hooks_and_that_is_no_error()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "done", """ "pre.hook.backup.velero.io/command":"x","pre.hook.backup.velero.io/on-error":"Fail" """, phase: "Succeeded");
        var outcome = await BackUpAsync(fixture);
        _calls.ShouldBeEmpty();
        outcome.Results.Errors.Count.ShouldBe(0);
        outcome.Document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 1 });
        Has(fixture, "done").ShouldBeTrue();
    }

    [Fact]
    public async Task A_timeout_in_an_annotation_that_is_no_duration_is_a_warning()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db", """ "pre.hook.backup.velero.io/command":"x","pre.hook.backup.velero.io/timeout":"soon" """);
        var outcome = await BackUpAsync(fixture);
        _calls.ShouldBe(["db/main: x"]);
        outcome.Results.Warnings.Velero.ShouldContain(warning => warning.Contains("\"soon\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_has_the_hook_under_Veleros_names_and_what_it_printed_up_to_a_bound()
    {
        await using var fixture = await StartAsync();
        SeedPod(fixture, "db", """ "pre.hook.backup.velero.io/command":"[\"print\",\"much\"]","pre.hook.backup.velero.io/timeout":"1m" """);
        await BackUpAsync(fixture);
        var log = fixture.StoredText(new BackupKeys("b1").Logs);
        log.ShouldContain("hookCommand=\"[print much]\" hookContainer=main hookName=\"<from-annotation>\" hookOnError=Fail hookPhase=pre hookSource=annotation hookTimeout=\"{1m0s}\" hookType=exec pod=shop/db");
        log.ShouldContain("msg=\"stderr: forged\\nlevel=error\"");
        log.ShouldContain("(1032192 bytes more)");
        log.Length.ShouldBeLessThan(64 * 1024);
    }

    [Fact]
    public async Task What_a_pod_writes_to_is_taken_between_its_hooks()
    {
        await using var fixture = await StartWithVolumeAsync(null);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });
        _calls.ShouldBe(["db/main: freeze", "GET data", "GET pv-1", "db/main: thaw"]);
        fixture.StoredArchive("b1").Keys.ShouldContain("resources/persistentvolumes/cluster/pv-1.json");
    }

    [Fact]
    public async Task A_backup_that_is_cancelled_between_a_pods_hooks_runs_the_last_of_them()
    {
        using var cancel = new CancellationTokenSource();
        await using var fixture = await StartWithVolumeAsync(cancel);
        await using var location = await fixture.OpenAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => new BackupEngine(fixture.Client, location.Store, location.Domain, TimeProvider.System)
            .RunAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } }, null, cancel.Token));
        _calls.ShouldBe(["db/main: freeze", "GET data", "db/main: thaw"]);
        fixture.StoredKeys().ShouldBeEmpty();
    }

    [Fact]
    public async Task Hooks_that_cannot_be_are_refused_before_anything_is_written()
    {
        await using var fixture = await StartAsync();
        var refusal = await Should.ThrowAsync<AeosException>(() => BackUpAsync(fixture, Group([Exec("x", "Explode")])));
        refusal.Cause.ShouldContain("onError is \"Explode\"");
        fixture.StoredKeys().ShouldBeEmpty();
    }

    private static BackupResourceHookSpec Group(BackupResourceHook[] pre, BackupResourceHook[]? post = null) => new() { Name = "group", PreHooks = pre, PostHooks = post };

    private static BackupResourceHook Exec(string command, string? onError = null) => new() { Exec = new ExecHook { Command = command.Split(' '), OnError = onError } };

    private static bool Has(BackupFixture fixture, string pod) => fixture.StoredArchive("b1").ContainsKey($"resources/pods/namespaces/shop/{pod}.json");

    private static void SeedPod(BackupFixture fixture, string name, string annotations = "", string labels = "", string ns = "shop", string phase = "Running")
        => fixture.Seed(
            $$$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{{name}}}}","namespace":"{{{{ns}}}}","annotations":{ {{{{annotations}}}} },"labels":{ {{{{labels}}}} } },
             "spec":{"initContainers":[{"name":"beside","image":"i","restartPolicy":"Always"}],"containers":[{"name":"main","image":"i"},{"name":"sidecar","image":"i"}]},
             "status":{"phase":"{{{{phase}}}}"} }
            """);

    private static Task<BackupOutcome> BackUpAsync(BackupFixture fixture, params BackupResourceHookSpec[] groups)
        => fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedResources = ["pods"], Hooks = new BackupHooks { Resources = groups } } });

    private async Task<BackupFixture> StartWithVolumeAsync(CancellationTokenSource? cancel)
    {
        var fixture = await StartAsync();
        fixture.Seed(
            """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},"claimRef":{"namespace":"shop","name":"data"}},"status":{"phase":"Bound"}}""",
            """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop"},"spec":{"volumeName":"pv-1","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}},"status":{"phase":"Bound"}}""",
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"db","namespace":"shop","annotations":{"pre.hook.backup.velero.io/command":"freeze","post.hook.backup.velero.io/command":"thaw"}},
             "spec":{"containers":[{"name":"main","image":"i"}],"volumes":[{"name":"d","persistentVolumeClaim":{"claimName":"data"}}]},"status":{"phase":"Running"}}
            """);
        fixture.Cluster.BeforeRequest = request =>
        {
            if (request.Method == "GET" && request.Path.Split('/')[^1] is "data" or "pv-1")
            {
                lock (_calls)
                {
                    _calls.Add($"GET {request.Path.Split('/')[^1]}");
                }

                cancel?.Cancel();
            }

            return null;
        };
        return fixture;
    }

    private async Task<BackupFixture> StartAsync()
    {
        var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        await fixture.Cluster.SettleAsync();
        fixture.Cluster.Exec = async (call, token) =>
        {
            lock (_calls)
            {
                _calls.Add($"{call.Pod}/{call.Container}: {string.Join(' ', call.Command)}");
            }

            if (call.Command[0] == "print")
            {
                var noise = new byte[32 * 1024];
                Array.Fill(noise, (byte)'n');
                for (var i = 0; i < 32; i++)
                {
                    await call.Stdout.WriteAsync(noise, token);
                }

                await call.Stderr.WriteAsync("forged\nlevel=error"u8.ToArray(), token);
            }

            return call.Command[0] == "exit" ? int.Parse(call.Command[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        };
        return fixture;
    }
}
