using Aeos.Embedded;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;
using static Aeos.Backup.Tests.Hooks.HookBench;

namespace Aeos.Backup.Tests.Hooks;

public class RestoreExecHookTests
{
    private static readonly string Annotations = """ "post.hook.restore.velero.io/command":"own","post.hook.restore.velero.io/container":"sidecar" """;

    [Fact]
    public async Task A_command_runs_when_its_container_runs_and_not_before()
    {
        await using var bench = await StartAsync(Group(Exec("load")));
        await bench.AddPodAsync("db", running: "sidecar");
        await bench.WaitedForAsync("db");
        await bench.SetAsync("db", "Running", "sidecar,main");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.ShouldBe(["db Running sidecar", "db Running sidecar,main", "db/main: load"]);
        bench.Errors.ShouldBeEmpty();
        bench.Counts.ShouldBe(new HookStatus { HooksAttempted = 1 });
    }

    [Fact]
    public async Task One_hook_that_wants_a_ready_container_makes_the_others_of_the_container_wait_too()
    {
        await using var bench = await StartAsync(Group(Exec("first"), Exec("second", ready: true)));
        await bench.AddPodAsync("db", running: "main");
        await bench.WaitedForAsync("db");
        await bench.SetAsync("db", "Running", "main", ready: "main");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.ShouldBe(["db Running main", "db Running main", "db/main: first", "db/main: second"]);
    }

    [Fact]
    public async Task All_hooks_of_the_container_that_runs_first_are_run_first_in_the_specs_order()
    {
        await using var bench = await StartAsync(Group(Exec("a", "main"), Exec("x", "sidecar"), Exec("b", "main")), Group(Exec("y", "sidecar")));
        var both = new TaskCompletionSource();
        bench.Cluster.Exec = (call, _) =>
        {
            bench.Events.Enqueue(call.Command[0]);
            both.TrySetResult();
            return Task.FromResult(0);
        };
        await bench.AddPodAsync("db");
        await bench.SetAsync("db", "Running", "sidecar");
        await both.Task;
        await bench.SetAsync("db", "Running", "sidecar,main");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.Where(static what => what.Length == 1).ShouldBe(["x", "y", "a", "b"]);
        bench.Counts.ShouldBe(new HookStatus { HooksAttempted = 4 });
    }

    [Fact]
    public async Task A_pod_with_the_annotation_runs_no_hook_of_the_spec()
    {
        await using var bench = await StartAsync(Group(Exec("spec")));
        await bench.AddPodAsync("db", Annotations);
        await bench.SetAsync("db", "Running", "main,sidecar");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.Skip(1).ShouldBe(["db/sidecar: own"]);
        (await bench.LogAsync()).ShouldContain("hookCommand=[own] hookContainer=sidecar".Replace("[own]", "\"[own]\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_pods_that_a_group_selects_run_its_hooks()
    {
        await using var bench = await StartAsync(
            Group(Exec("labelled")) with { LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "db" } } },
            Group(Exec("elsewhere")) with { IncludedNamespaces = ["other"] },
            Group(Exec("excluded")) with { ExcludedNamespaces = ["sh?p"] },
            Group(Exec("types")) with { IncludedResources = ["deployments"] });
        await bench.AddPodAsync("db", labels: """ "app":"db" """);
        await bench.SetAsync("db", "Running", "main");
        await bench.Hooks.CompleteAsync(null, default);

        // Types in a restore's hooks are read by nothing in Velero: they are for pods.
        bench.Events.Skip(1).ShouldBe(["db/main: labelled", "db/main: types"]);
    }

    [Fact]
    public async Task A_command_that_fails_is_an_error_in_its_namespace_and_the_others_go_on()
    {
        await using var bench = await StartAsync(Group(Exec("exit"), Exec("next")));
        await bench.AddPodAsync("db");
        await bench.SetAsync("db", "Running", "main");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.Skip(1).ShouldBe(["db/main: exit", "db/main: next"]);
        bench.Errors.ShouldHaveSingleItem().ShouldBe("the hook group in the container main of the pod shop/db failed: the command ended with exit code 1");
        bench.Outcome.Phase.ShouldBe("PartiallyFailed");
        bench.Counts.ShouldBe(new HookStatus { HooksAttempted = 2, HooksFailed = 1 });
    }

    [Fact]
    public async Task With_Fail_no_more_hooks_run_in_any_pod_and_each_of_them_is_an_error()
    {
        await using var bench = await StartAsync(Group(Exec("exit", onError: "Fail"), Exec("next")));
        await bench.AddPodAsync("waits", Annotations);
        await bench.WaitedForAsync("waits");
        await bench.AddPodAsync("db");
        await bench.SetAsync("db", "Running", "main");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.Skip(1).ShouldBe(["db/main: exit"]);
        bench.Errors.Order(StringComparer.Ordinal).ShouldBe([
            "the hook <from-annotation> in the container sidecar of the pod shop/waits was not run: a hook with onError Fail has failed",
            "the hook group in the container main of the pod shop/db failed: the command ended with exit code 1",
            "the hook group in the container main of the pod shop/db was not run: a hook with onError Fail has failed",
        ]);
        bench.Counts.ShouldBe(new HookStatus { HooksAttempted = 3, HooksFailed = 3 });
    }

    [Fact]
    public async Task A_container_that_the_pod_does_not_have_is_an_error_and_nothing_waits_for_it()
    {
        await using var bench = await StartAsync(Group(Exec("x", "nobody")));
        await bench.AddPodAsync("db");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Errors.ShouldHaveSingleItem().ShouldEndWith("was not run: the pod has no container \"nobody\"");
        bench.Counts.ShouldBe(new HookStatus { HooksAttempted = 1, HooksFailed = 1 });
    }

    [Fact]
    public async Task A_container_that_is_not_up_in_time_is_an_error()
    {
        await using var bench = await StartAsync(Group(Exec("x", wait: "1m"), Exec("y", "sidecar", wait: "90s")));
        await bench.AddPodAsync("db");
        await bench.WaitedForAsync("db");
        bench.Time.Advance(TimeSpan.FromSeconds(90));
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.ShouldBeEmpty();
        bench.Errors.Count().ShouldBe(2);
        bench.Errors.ShouldAllBe(error => error.EndsWith("was not run: the container was not up within 90 seconds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hook_whose_wait_is_over_while_those_before_it_run_is_not_run()
    {
        await using var bench = await StartAsync(Group(Exec("long", wait: "5m"), Exec("late", wait: "10s"), Exec("patient", wait: "5m")));
        bench.Cluster.Exec = (call, _) =>
        {
            bench.Events.Enqueue(call.Command[0]);
            bench.Time.Advance(TimeSpan.FromSeconds(call.Command[0] == "long" ? 11 : 0));
            return Task.FromResult(0);
        };
        await bench.AddPodAsync("db");
        await bench.SetAsync("db", "Running", "main");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.Skip(1).ShouldBe(["long", "patient"]);
        bench.Errors.ShouldHaveSingleItem().ShouldContain("failed: it had to begin within 10 seconds");
    }

    [Fact]
    public async Task One_hook_without_a_wait_timeout_makes_its_pod_wait_without_end()
    {
        await using var bench = await StartAsync(Group(Exec("x", "sidecar"), Exec("y", wait: "1m")));
        await bench.AddPodAsync("db");
        await bench.WaitedForAsync("db");
        bench.Time.Advance(TimeSpan.FromSeconds(61));
        bench.Hooks.Pending.ShouldBe(1);
        await bench.SetAsync("db", "Running", "main,sidecar");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.Skip(1).ShouldBe(["db/sidecar: x"]);
        bench.Errors.ShouldHaveSingleItem().ShouldContain("container main");
    }

    [Fact]
    public async Task A_command_that_takes_longer_than_its_exec_timeout_is_given_up_on()
    {
        await using var bench = await StartAsync(Group(Exec("long") with { ExecTimeout = "45s" }));
        bench.Cluster.Exec = async (_, token) =>
        {
            bench.Time.Advance(TimeSpan.FromSeconds(45));
            await Task.Delay(Timeout.Infinite, token).ContinueWith(static _ => { }, TaskScheduler.Default);
            return 0;
        };
        await bench.AddPodAsync("db");
        await bench.SetAsync("db", "Running", "main");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Errors.ShouldHaveSingleItem().ShouldContain("did not end within 45 seconds");
    }

    [Fact]
    public async Task A_pod_that_ends_or_goes_away_before_is_an_error()
    {
        await using var bench = await StartAsync(Group(Exec("x")));
        await bench.AddPodAsync("job");
        await bench.AddPodAsync("gone");
        await bench.WaitedForAsync("job");
        await bench.SetAsync("job", "Succeeded");
        await bench.Client.DeleteAsync(WellKnownResources.Pods, "shop", "gone", new DeleteOptions { GracePeriodSeconds = 0 });
        await bench.Hooks.CompleteAsync(null, default);
        bench.Errors.Order(StringComparer.Ordinal).ShouldBe([
            "the hook group in the container main of the pod shop/gone was not run: the pod was deleted",
            "the hook group in the container main of the pod shop/job was not run: the pod came into the phase Succeeded",
        ]);
    }

    [Fact]
    public async Task A_pod_that_goes_away_before_its_watch_begins_is_an_error()
    {
        await using var bench = await StartAsync(Group(Exec("x")));
        var read = new TaskCompletionSource();
        bench.Cluster.BeforeRequest = request =>
        {
            if (request is { Method: "GET" } && request.Path.EndsWith("/pods/gone", StringComparison.Ordinal))
            {
                read.TrySetResult();
            }

            return request.Query.Contains("limit=1", StringComparison.Ordinal) ? Fault.Wait(async token =>
            {
                await read.Task.WaitAsync(token);
                await bench.Client.DeleteAsync(WellKnownResources.Pods, "shop", "gone", new DeleteOptions { GracePeriodSeconds = 0 }, token);
            }) : null;
        };
        await bench.AddPodAsync("gone");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Errors.ShouldHaveSingleItem().ShouldEndWith("was not run: the pod was deleted");
    }

    [Fact]
    public async Task A_watch_that_is_cut_and_has_forgotten_what_was_goes_on()
    {
        await using var bench = await StartAsync(Group(Exec("x")));
        var watches = 0;
        var second = new TaskCompletionSource();
        bench.Cluster.BeforeRequest = request =>
        {
            if (request.Query.Contains("watch=true", StringComparison.Ordinal) && Interlocked.Increment(ref watches) == 2)
            {
                second.SetResult();
            }

            return request.Query.Contains("watch=true", StringComparison.Ordinal) && watches == 1 ? Fault.Answer(410, "Expired", "too old") : null;
        };
        await bench.AddPodAsync("db");
        await second.Task;
        await bench.SetAsync("db", "Running", "main");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Events.Skip(1).ShouldBe(["db/main: x"]);
    }

    [Fact]
    public async Task Pods_that_may_not_be_watched_are_an_error()
    {
        await using var bench = await StartAsync(Group(Exec("x")));
        bench.Cluster.BeforeRequest = static request => request.Query.Contains("watch=true", StringComparison.Ordinal) ? Fault.Answer(403, "Forbidden", "no watching") : null;
        await bench.AddPodAsync("db");
        await bench.Hooks.CompleteAsync(null, default);
        bench.Errors.ShouldHaveSingleItem().ShouldContain("the pod could not be watched");
    }

    [Fact]
    public async Task Many_pods_are_followed_by_one_watch()
    {
        await using var bench = await StartAsync(Group(Exec("x")));
        var watches = 0;
        var watched = new TaskCompletionSource();
        bench.Cluster.BeforeRequest = request =>
        {
            if (request.Query.Contains("watch=true", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref watches);
                watched.TrySetResult();
            }

            return null;
        };

        // The watch lasts for as long as a pod is followed: one is from before the others until after them.
        await bench.AddPodAsync("first");
        await watched.Task;
        var names = Enumerable.Range(0, 200).Select(static i => $"p{i}").ToList();
        await Parallel.ForEachAsync(names, async (name, _) => await bench.AddPodAsync(name));
        await Parallel.ForEachAsync(names, async (name, _) => await bench.SetAsync(name, "Running", "main"));
        var left = new TaskCompletionSource();
        var completed = bench.Hooks.CompleteAsync(pods => _ = pods == 1 && left.TrySetResult(), default);
        await left.Task;
        await bench.SetAsync("first", "Running", "main");
        await completed;
        bench.Counts.ShouldBe(new HookStatus { HooksAttempted = 201 });
        bench.Errors.ShouldBeEmpty();
        watches.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_waits_is_told_of_how_many_pods_are_left()
    {
        await using var bench = await StartAsync(Group(Exec("x")));
        await bench.AddPodAsync("a");
        await bench.AddPodAsync("b");
        var told = new List<int>();
        var waiting = bench.Hooks.CompleteAsync(told.Add, default);
        told.ShouldBe([2]);
        await bench.SetAsync("a", "Running", "main");
        await bench.SetAsync("b", "Running", "main");
        await waiting;
        told.ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_restore_that_is_given_up_does_not_wait()
    {
        var bench = await StartAsync(Group(Exec("x")));
        await bench.AddPodAsync("db");
        using var cancel = new CancellationTokenSource();
        var waiting = bench.Hooks.CompleteAsync(null, cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await bench.DisposeAsync();
        bench.Hooks.Pending.ShouldBeLessThan(1);
    }
}
