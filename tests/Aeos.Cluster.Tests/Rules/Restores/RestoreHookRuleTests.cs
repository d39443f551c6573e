using Aeos.Cluster.Tests.Archives;
using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Restores;

/// <summary>Commands in restored pods.</summary>
public class RestoreHookRuleTests
{
    /// <summary>Far above what any test takes: a bound on one that fails, since hooks wait without end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [NodeFact]
    public async Task The_specs_hooks_run_where_their_groups_select_and_in_the_container_that_runs_first()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, market) = (room.Cluster.Name("shop"), await room.Cluster.CreateNamespaceAsync("market"));
        var first = new TaskCompletionSource();
        await using var node = await PlayedNode.StartAsync(room.Cluster, (call, _) =>
        {
            first.TrySetResult();
            return Task.FromResult(0);
        });
        await room.PutAsync(Pods(shop, ("db", """ "labels":{"app":"db"} """), ("own", """ "annotations":{"post.hook.restore.velero.io/command":"[\"own\"]"} """), ("there", "")));

        // A pod that is there already is none that this restore made.
        await room.MakeAsync("v1", "Pod", market, "there", $$""" "spec":{{{RuleRoom.Containers}}}""");
        var restore = RestoreAsync(
            room,
            new Dictionary<string, string> { [shop] = market },
            Group(Exec("a"), Exec("x", "sidecar"), Exec("b", "main")) with { IncludedNamespaces = [market] },
            Group(Exec("y", "sidecar")) with { IncludedResources = ["deployments"], ExcludedResources = ["pods"] },
            Group(Exec("labelled")) with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "db" } } },
            Group(Exec("otherwise")) with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } } },
            Group(Exec("source")) with { IncludedNamespaces = [shop] },
            Group(Exec("excluded")) with { ExcludedNamespaces = [market] });

        await node.RunPodAsync(market, "db", ["sidecar"]);
        await first.Task.WaitAsync(Patience);
        await node.RunPodAsync(market, "db", ["sidecar", "main"]);
        restore.IsCompleted.ShouldBeFalse();
        await node.RunPodAsync(market, "own", ["main"]);
        var (document, _) = await restore;

        node.Calls.Where(static call => call.StartsWith("db/", StringComparison.Ordinal)).ShouldBe(["db/sidecar: x", "db/sidecar: y", "db/main: a", "db/main: b", "db/main: labelled"]);
        node.Calls.Where(static call => !call.StartsWith("db/", StringComparison.Ordinal)).ShouldBe(["own/main: own"]);
        document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 6 });
        document.Status.Phase.ShouldBe("Completed");
    }

    [NodeFact]
    public async Task A_container_is_waited_for_until_it_runs_or_is_ready()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        var states = new List<string>();
        var ran = new TaskCompletionSource();
        await using var node = await PlayedNode.StartAsync(room.Cluster, async (call, _) =>
        {
            var pod = await room.GetAsync("v1", "Pod", shop, call.Pod);
            states.Add($"{call.Command[0]} {pod.At("status", "phase")} {pod.At("status", "containerStatuses", 0, "ready")}");
            ran.TrySetResult();
            return 0;
        });
        await room.PutAsync(Pods(shop, ("runs", """ "labels":{"is":"runs"} """), ("ready", """ "labels":{"is":"ready"} """)));

        var restore = RestoreAsync(
            room, null,
            Group(Exec("running")) with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["is"] = "runs" } } },
            Group(Exec("first"), Exec("second") with { WaitForReady = true }) with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["is"] = "ready" } } });
        await node.RunPodAsync(shop, "ready", ["main"], ready: []);
        await node.RunPodAsync(shop, "runs", ["main"], ready: []);
        await ran.Task.WaitAsync(Patience);
        await node.RunPodAsync(shop, "ready", ["main"]);
        var (document, _) = await restore;

        states.ShouldBe(["running Running false", "first Running true", "second Running true"]);
        document.Status.Phase.ShouldBe("Completed");
    }

    [NodeFact]
    public async Task A_hook_that_fails_is_an_error_of_its_namespace_and_the_others_go_on()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await using var node = await PlayedNode.StartAsync(room.Cluster, static (call, _) => Task.FromResult(call.Command[0] == "exit" ? 1 : 0));
        await room.PutAsync(Pods(shop, ("db", ""), ("web", "")));

        var restore = RestoreAsync(room, null, Group(Exec("exit", onError: "Continue"), Exec("next"), Exec("never", "nobody")));
        await node.RunPodAsync(shop, "db", ["main"]);
        await node.RunPodAsync(shop, "web", ["main"]);
        var (document, outcome) = await restore;

        node.Calls.Order(StringComparer.Ordinal).ShouldBe(["db/main: exit", "db/main: next", "web/main: exit", "web/main: next"]);
        outcome.Errors.Namespaces.Keys.ShouldBe([shop]);
        outcome.Errors.Namespaces[shop].Order(StringComparer.Ordinal).ShouldBe([
            $"the hook group in the container main of the pod {shop}/db failed: the command ended with exit code 1",
            $"the hook group in the container main of the pod {shop}/web failed: the command ended with exit code 1",
            $"the hook group in the container nobody of the pod {shop}/db was not run: the pod has no container \"nobody\"",
            $"the hook group in the container nobody of the pod {shop}/web was not run: the pod has no container \"nobody\"",
        ]);
        (document.Status.Phase, document.Status.HookStatus).ShouldBe(("PartiallyFailed", new HookStatus { HooksAttempted = 6, HooksFailed = 4 }));
    }

    [NodeFact]
    public async Task With_Fail_no_more_hooks_run_and_each_of_them_is_an_error()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await using var node = await PlayedNode.StartAsync(room.Cluster, static (_, _) => Task.FromResult(1));
        await room.PutAsync(Pods(shop, ("db", ""), ("waits", "")));

        var restore = RestoreAsync(room, null, Group(Exec("exit", onError: "Fail"), Exec("next")));
        await node.RunPodAsync(shop, "db", ["main"]);
        var (document, outcome) = await restore;

        node.Calls.ShouldBe(["db/main: exit"]);
        outcome.Errors.Namespaces[shop].Count.ShouldBe(4);
        document.Status.HookStatus.ShouldBe(new HookStatus { HooksAttempted = 4, HooksFailed = 4 });
    }

    [NodeFact]
    public async Task A_pod_that_ends_or_goes_away_before_is_an_error()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await using var node = await PlayedNode.StartAsync(room.Cluster);
        await room.PutAsync(Pods(shop, ("job", ""), ("gone", "")));

        var restore = RestoreAsync(room, null, Group(Exec("x")));
        foreach (var pod in new[] { "job", "gone" })
        {
            await room.Cluster.UntilAsync(WellKnownResources.Pods, shop, pod, static now => now is not null);
        }

        await node.SayAsync(shop, "job", """{"status":{"phase":"Succeeded"}}""");
        await room.Cluster.DeleteAsync("v1", "Pod", shop, "gone");
        var (_, outcome) = await restore;

        node.Calls.ShouldBeEmpty();
        outcome.Errors.Namespaces[shop].Order(StringComparer.Ordinal).ShouldBe([
            $"the hook group in the container main of the pod {shop}/gone was not run: the pod was deleted",
            $"the hook group in the container main of the pod {shop}/job was not run: the pod came into the phase Succeeded",
        ]);
    }

    [NodeFact]
    public async Task What_takes_longer_than_its_timeouts_is_an_error_and_what_is_too_late_is_not_run()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await using var node = await PlayedNode.StartAsync(room.Cluster, static async (call, token) =>
        {
            // Longer than the others wait; the last one never ends.
            await Task.Delay(call.Command[0] switch { "long" => 1500, "endless" => Timeout.Infinite, _ => 0 }, token).ContinueWith(static _ => { }, TaskScheduler.Default);
            return 0;
        });
        await room.PutAsync(Pods(shop, ("db", "")));

        var restore = RestoreAsync(
            room, null,
            Group(Exec("long"), Exec("late", onError: "Continue") with { WaitTimeout = "1s" }, Exec("patient"), Exec("endless") with { ExecTimeout = "1s" }));
        await node.RunPodAsync(shop, "db", ["main"]);
        var (_, outcome) = await restore;

        node.Calls.ShouldBe(["db/main: long", "db/main: patient", "db/main: endless"]);
        var errors = outcome.Errors.Namespaces[shop].ToList();
        errors.Count.ShouldBe(2);
        errors.ShouldContain(static error => error.Contains("it had to begin within 1 second", StringComparison.Ordinal));
        errors.ShouldContain(static error => error.Contains("did not end within 1 second", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task A_container_is_waited_for_as_long_as_its_hooks_say_and_without_end_where_one_does_not()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await using var node = await PlayedNode.StartAsync(room.Cluster);
        await room.PutAsync(Pods(shop, ("bounded", """ "labels":{"is":"bounded"} """), ("patient", """ "labels":{"is":"patient"} """)));

        var restore = RestoreAsync(
            room, null,
            Group(Exec("x") with { WaitTimeout = "1s" }) with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["is"] = "bounded" } } },
            Group(Exec("y", "sidecar"), Exec("z") with { WaitTimeout = "1s" }) with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["is"] = "patient" } } });
        await Task.WhenAny(restore, Task.Delay(TimeSpan.FromSeconds(3)));
        restore.IsCompleted.ShouldBeFalse();
        await node.RunPodAsync(shop, "patient", ["sidecar", "main"]);
        var (_, outcome) = await restore;

        node.Calls.ShouldBe(["patient/sidecar: y"]);
        var errors = outcome.Errors.Namespaces[shop].Order(StringComparer.Ordinal).ToList();
        errors.Count.ShouldBe(2);
        errors[0].ShouldContain($"the pod {shop}/bounded was not run: the container was not up within 1 second");
        errors[1].ShouldContain($"the pod {shop}/patient");
    }

    private static Task<(RestoreDocument Document, Aeos.Backup.Restores.RestoreOutcome Outcome)> RestoreAsync(RuleRoom room, Dictionary<string, string>? mapping, params RestoreResourceHookSpec[] groups)
        => room.RestoreAsync(new RestoreSpec { NamespaceMapping = mapping, Hooks = new RestoreHooks { Resources = [.. groups] } }).WaitAsync(Patience);

    private static RestoreResourceHookSpec Group(params ExecRestoreHook[] hooks) => new() { Name = "group", PostHooks = [.. hooks.Select(static hook => new RestoreResourceHook { Exec = hook })] };

    private static ExecRestoreHook Exec(string command, string? container = null, string? onError = null) => new() { Command = [command], Container = container, OnError = onError };

    private static ItemArchive Pods(string place, params (string Name, string Metadata)[] pods)
    {
        var archive = new ItemArchive();
        foreach (var (name, metadata) in pods)
        {
            // No kubelet ends it, so it must not be waited for.
            archive.Add("pods", "v1", "Pod", place, name, """
                "spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"main","image":"i"},{"name":"sidecar","image":"i"}]},"status":{"phase":"Running"}
                """, metadata);
        }

        return archive;
    }
}
