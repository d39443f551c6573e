using Aeos.Backup.Backups;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Backups;

/// <summary>Commands in pods, before and after they are backed up.</summary>
public class BackupHookRuleTests
{
    [NodeFact]
    public async Task The_specs_hooks_run_in_their_order_in_the_pods_that_they_select()
    {
        await using var room = await RuleRoom.OpenAsync();
        await using var node = await PlayedNode.StartAsync(room.Cluster);
        var (shop, other) = (await room.Cluster.CreateNamespaceAsync("shop"), await room.Cluster.CreateNamespaceAsync("other"));
        await RunPodAsync(room, node, shop, "db", labels: """ "app":"db" """);
        await RunPodAsync(room, node, shop, "web", labels: """ "app":"web" """);
        await RunPodAsync(room, node, other, "else", labels: """ "app":"db" """);

        var outcome = await BackUpAsync(
            room, [shop, other],
            Group([Exec("labelled"), Exec("second")], [Exec("after")]) with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "db" } }, IncludedNamespaces = [$"sh*-{room.Mark}"] },
            Group([Exec("not-pods")]) with { IncludedResources = ["deploy"] },
            Group([Exec("no-pods")]) with { ExcludedResources = ["po"] },
            Group([Exec("not-here")]) with { ExcludedNamespaces = [shop], IncludedResources = ["po", "svc"] });

        node.Calls.Where(static call => call.StartsWith("db/", StringComparison.Ordinal)).ShouldBe(["db/main: labelled", "db/main: second", "db/main: after"]);
        node.Calls.Where(static call => !call.StartsWith("db/", StringComparison.Ordinal)).ShouldBe(["else/main: not-here"]);
        outcome.Document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 4 });
        outcome.Document.Status.Phase.ShouldBe("Completed");
    }

    [NodeFact]
    public async Task Annotations_win_over_the_specs_hooks_of_their_phase_and_those_without_one_mean_before()
    {
        await using var room = await RuleRoom.OpenAsync();
        await using var node = await PlayedNode.StartAsync(room.Cluster, static async (call, token) =>
        {
            await call.Output.WriteAsync("printed by the hook"u8.ToArray(), token);
            return 0;
        });
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await RunPodAsync(room, node, shop, "a", """ "pre.hook.backup.velero.io/command":"[\"freeze\",\"/data\"]","pre.hook.backup.velero.io/container":"sidecar","pre.hook.backup.velero.io/timeout":"soon" """);
        await RunPodAsync(room, node, shop, "b", """ "hook.backup.velero.io/command":"one word","hook.backup.velero.io/container":"sidecar" """);
        await RunPodAsync(room, node, shop, "c", """ "post.hook.backup.velero.io/command":"thaw" """);

        var outcome = await BackUpAsync(room, [shop], Group([Exec("spec-pre")], [Exec("spec-post")]));

        Of("a").ShouldBe(["a/sidecar: freeze /data", "a/main: spec-post"]);
        Of("b").ShouldBe(["b/sidecar: one word", "b/main: spec-post"]);
        Of("c").ShouldBe(["c/main: spec-pre", "c/main: thaw"]);
        outcome.Results.Warnings.Velero.ShouldHaveSingleItem().ShouldContain("\"soon\"");
        var log = room.Bucket.Text(new BackupKeys("nightly").Logs);
        log.ShouldContain($"hookCommand=\"[freeze /data]\" hookContainer=sidecar hookName=\"<from-annotation>\" hookOnError=Fail hookPhase=pre hookSource=annotation hookTimeout=\"{{30s}}\" hookType=exec pod={shop}/a");
        log.ShouldContain("hookName=group");
        log.ShouldContain("printed by the hook");

        IEnumerable<string> Of(string pod) => node.Calls.Where(call => call.StartsWith($"{pod}/", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task A_failed_hook_is_an_error_and_Fail_leaves_its_pod_out_and_the_hooks_that_follow_unrun()
    {
        await using var room = await RuleRoom.OpenAsync();
        await using var node = await PlayedNode.StartAsync(room.Cluster, static (call, _) => Task.FromResult(call.Command[0] == "exit" ? 3 : 0));
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        foreach (var pod in new[] { "fails", "goes-on", "unsaid", "odd", "missing" })
        {
            await RunPodAsync(room, node, shop, pod, pod switch
            {
                "odd" => """ "pre.hook.backup.velero.io/command":"exit","pre.hook.backup.velero.io/on-error":"explode" """,
                "missing" => """ "pre.hook.backup.velero.io/command":"x","pre.hook.backup.velero.io/container":"nobody","pre.hook.backup.velero.io/on-error":"Continue" """,
                _ => "",
            }, $"\"is\":\"{pod}\"");
        }

        var outcome = await BackUpAsync(room, [shop], On("fails", "Fail"), On("goes-on", "Continue"), On("unsaid", null));

        room.Bucket.Items("nightly").Keys.Where(static key => key.StartsWith("pods/", StringComparison.Ordinal)).ShouldBe([$"pods/{shop}/goes-on", $"pods/{shop}/missing", $"pods/{shop}/odd", $"pods/{shop}/unsaid"]);
        node.Calls.Order(StringComparer.Ordinal).ShouldBe([
            "fails/main: exit", "goes-on/main: exit", "goes-on/main: later", "goes-on/main: thaw", "odd/main: exit", "unsaid/main: exit", "unsaid/main: later", "unsaid/main: thaw",
        ]);
        var errors = outcome.Results.Errors.Velero.ToList();
        errors.ShouldContain(error => error.Contains($"in the pod {shop}/fails: the command ended with exit code 3", StringComparison.Ordinal));
        errors.ShouldContain(error => error.Contains($"the pod {shop}/fails is not in the backup", StringComparison.Ordinal));
        errors.ShouldContain(static error => error.Contains("has no container \"nobody\"", StringComparison.Ordinal));
        errors.Count.ShouldBe(6);
        outcome.Document.Status.Phase.ShouldBe("PartiallyFailed");

        // The one that was not run counts as attempted: 2 + 3 + 3 + 1 + 1.
        outcome.Document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 10, HooksFailed = 5 });

        static BackupResourceHookSpec On(string pod, string? onError) => Group([Exec("exit", onError), Exec("later")], [Exec("thaw")]) with
        {
            LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["is"] = pod } },
        };
    }

    [NodeFact]
    public async Task A_pods_claims_and_volumes_are_taken_between_its_hooks_and_ordered_pods_are_held_together()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await Volumes.CreateBoundAsync(room.Cluster, shop, "data", "Retain");

        // The claim's note says which of the hooks came last before it was read.
        await using var node = await PlayedNode.StartAsync(room.Cluster, async (call, _) =>
        {
            if (call.Pod == "db")
            {
                await room.PatchAsync("v1", "PersistentVolumeClaim", shop, "data", $$$$"""{"metadata":{"annotations":{"held":"{{{{call.Command[0]}}}}"}}}""");
            }

            return 0;
        });
        const string Hooks = """ "pre.hook.backup.velero.io/command":"freeze","post.hook.backup.velero.io/command":"thaw" """;
        foreach (var pod in new[] { "a", "b", "c" })
        {
            await RunPodAsync(room, node, shop, pod, Hooks);
        }

        await RunPodAsync(room, node, shop, "db", Hooks, volumes: """{"name":"d","persistentVolumeClaim":{"claimName":"data"}}""");

        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], OrderedResources = new Dictionary<string, string> { ["pods"] = $"{shop}/c,{shop}/a" } });

        node.Calls.Take(4).ShouldBe(["c/main: freeze", "a/main: freeze", "c/main: thaw", "a/main: thaw"]);
        $"{room.Bucket.Items("nightly")[$"persistentvolumeclaims/{shop}/data"].At("metadata", "annotations", "held")}".ShouldBe("freeze");
        $"{(await room.GetAsync("v1", "PersistentVolumeClaim", shop, "data")).At("metadata", "annotations", "held")}".ShouldBe("thaw");
    }

    [NodeFact]
    public async Task A_hook_that_takes_too_long_fails()
    {
        await using var room = await RuleRoom.OpenAsync();
        await using var node = await PlayedNode.StartAsync(room.Cluster, static async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token).ContinueWith(static _ => { }, TaskScheduler.Default);
            return 0;
        });
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await RunPodAsync(room, node, shop, "db");

        var outcome = await BackUpAsync(room, [shop], Group([new BackupResourceHook { Exec = new ExecHook { Command = ["x"], Timeout = "1s" } }]));

        outcome.Results.Errors.Velero.ShouldHaveSingleItem().ShouldContain("did not end within 1 second");
        outcome.Document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 1, HooksFailed = 1 });
    }

    private static BackupResourceHookSpec Group(BackupResourceHook[] pre, BackupResourceHook[]? post = null) => new() { Name = "group", PreHooks = pre, PostHooks = post };

    private static BackupResourceHook Exec(string command, string? onError = null) => new() { Exec = new ExecHook { Command = [command], OnError = onError } };

    private static Task<BackupOutcome> BackUpAsync(RuleRoom room, string[] namespaces, params BackupResourceHookSpec[] groups)
        => room.BackUpAsync(new BackupSpec { IncludedNamespaces = namespaces, IncludedResources = ["pods"], Hooks = new BackupHooks { Resources = groups } });

    private static async Task RunPodAsync(RuleRoom room, PlayedNode node, string place, string name, string annotations = "", string labels = "", string volumes = "")
    {
        // No kubelet ends it, so it must not be waited for.
        await room.MakeAsync("v1", "Pod", place, name, $$$"""
            "spec":{"nodeName":"{{{node.Name}}}","terminationGracePeriodSeconds":0,"containers":[{"name":"main","image":"i"},{"name":"sidecar","image":"i"}],"volumes":[{{{volumes}}}]}
            """, $$""" "annotations":{ {{annotations}} },"labels":{ {{labels}} } """);
        await node.RunPodAsync(place, name, ["main", "sidecar"]);
    }
}
