using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Aeos.Kubernetes.Tests;

public class ListingTests
{
    private static readonly KubernetesClientOptions TwoAPage = new() { PageSize = 2, Time = new ManualTime { JumpsToTimers = TimeSpan.FromSeconds(60) } };

    [Fact]
    public async Task Pages_follow_one_another_until_there_is_no_token()
    {
        await using var api = await TestApi.StartAsync(context => context.Request.Query["continue"].ToString() switch
        {
            "" => context.JsonAsync(Answers.List("""{"resourceVersion":"7","continue":"p 2+"}""", Answers.Pod("a"), Answers.Pod("b"))),
            "p 2+" => context.JsonAsync(Answers.List("""{"resourceVersion":"7"}""", Answers.Pod("c"))),
            _ => context.StatusAsync(500, "InternalError", "unexpected"),
        });
        using var client = api.Client(TwoAPage);
        var list = client.List(WellKnownResources.Pods, new ListOptions { Namespace = "shop", LabelSelector = "app=a,b!=c" });

        (await NamesAsync(list)).ShouldBe(["a", "b", "c"]);
        list.Consistency.ShouldBe(ListConsistency.Snapshot);
        list.ResourceVersion.ShouldBe("7");
        api.Requests.Select(request => request.Target).ShouldBe(
        [
            "/api/v1/namespaces/shop/pods?labelSelector=app%3Da%2Cb%21%3Dc&limit=2",
            "/api/v1/namespaces/shop/pods?labelSelector=app%3Da%2Cb%21%3Dc&limit=2&continue=p%202%2B",
        ]);
    }

    [Fact]
    public async Task An_expired_token_goes_on_with_the_one_that_the_server_offers()
    {
        await using var api = await TestApi.StartAsync(context => context.Request.Query["continue"].ToString() switch
        {
            "" => context.JsonAsync(Answers.List("""{"continue":"old"}""", Answers.Pod("a"))),
            "old" => context.JsonAsync("""{"kind":"Status","metadata":{"continue":"new"},"status":"Failure","reason":"Expired","code":410}""", 410),
            _ => context.JsonAsync(Answers.List("{}", Answers.Pod("b"))),
        });
        using var client = api.Client(TwoAPage);
        var list = client.List(WellKnownResources.Pods);

        (await NamesAsync(list)).ShouldBe(["a", "b"]);
        list.Consistency.ShouldBe(ListConsistency.Mixed);
    }

    [Fact]
    public async Task An_expired_token_without_another_begins_anew_and_says_so()
    {
        await using var api = await TestApi.StartAsync(context => (context.Request.Query["continue"].ToString(), context.Request.Query["limit"].ToString()) switch
        {
            ("", "2") => context.JsonAsync(Answers.List("""{"continue":"old"}""", Answers.Pod("a"))),
            ("", _) => context.JsonAsync(Answers.List("{}", Answers.Pod("a"), Answers.Pod("b"))),
            _ => context.StatusAsync(410, "Expired", "too old"),
        });
        using var client = api.Client(TwoAPage);
        var list = client.List(WellKnownResources.Pods);

        // Once more in pages, then in one answer, which cannot expire.
        (await NamesAsync(list)).ShouldBe(["a", "a", "a", "b"]);
        list.Consistency.ShouldBe(ListConsistency.Restarted);
    }

    [Fact]
    public async Task A_page_that_breaks_off_goes_on_where_it_was()
    {
        var turns = 0;
        var read = new TaskCompletionSource();
        await using var api = await TestApi.StartAsync(async context =>
        {
            var page = Answers.List("""{"resourceVersion":"7"}""", Answers.Pod("a"), Answers.Pod("b"), Answers.Pod("c"));
            if (Interlocked.Increment(ref turns) == 1)
            {
                context.Response.ContentLength = page.Length;
                await context.Response.WriteAsync(page[..^30]);
                await context.Response.Body.FlushAsync();
                await read.Task;
                context.Abort();
                return;
            }

            await context.JsonAsync(page);
        });
        using var client = api.Client(TwoAPage);
        var list = client.List(WellKnownResources.Pods);
        var names = new List<string>();
        await foreach (var item in list)
        {
            names.Add(item.Name);
            read.TrySetResult();
        }

        names.ShouldBe(["a", "b", "c"]);
        list.Consistency.ShouldBe(ListConsistency.Snapshot);
        api.Requests.Last().Target.ShouldEndWith("&resourceVersion=7&resourceVersionMatch=Exact");
    }

    [Fact]
    public async Task A_list_that_always_breaks_off_ends_in_an_error()
    {
        await using var api = await TestApi.StartAsync(context => context.JsonAsync("""{"metadata":{"resourceVersion":"7"},"items":[{"""));
        using var client = api.Client(TwoAPage with { MaxRetries = 3 });

        var failure = await Should.ThrowAsync<KubernetesException>(() => NamesAsync(client.List(WellKnownResources.Pods)));
        failure.Cause.ShouldBe("the list of v1/pods broke off 4 times in a row");
    }

    [Fact]
    public async Task A_list_that_gets_no_further_for_want_of_a_version_ends_in_an_error()
    {
        await using var api = await TestApi.StartAsync(context => context.Response.WriteAsync($$"""{"items":[{{Answers.Pod("a")}},"""));
        using var client = api.Client(TwoAPage);
        var list = client.List(WellKnownResources.Pods);

        (await Should.ThrowAsync<KubernetesException>(() => NamesAsync(list))).Cause.ShouldBe("the list of v1/pods had to be begun anew 3 times");
        list.Consistency.ShouldBe(ListConsistency.Restarted);
    }

    [Fact]
    public async Task What_is_no_list_is_refused_without_another_try()
    {
        await using var api = await TestApi.StartAsync(context => context.JsonAsync("""["no"]"""));
        using var client = api.Client(TwoAPage);

        (await Should.ThrowAsync<KubernetesException>(() => NamesAsync(client.List(WellKnownResources.Pods)))).Cause.ShouldStartWith("the list of v1/pods is malformed");
        api.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Items_come_before_their_page_has_ended()
    {
        var seen = new TaskCompletionSource();
        await using var api = await TestApi.StartAsync(async context =>
        {
            await context.Response.WriteAsync($$"""{"items":[{{Answers.Pod("a")}}""");
            await context.Response.Body.FlushAsync();
            await seen.Task;
            await context.Response.WriteAsync("]}");
        });
        using var client = api.Client();
        await foreach (var item in client.List(WellKnownResources.Pods))
        {
            item.Name.ShouldBe("a");
            item.ApiVersion.ShouldBe("v1");
            item.Kind.ShouldBe("Pod");
            seen.SetResult();
        }

        seen.Task.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task The_next_page_is_asked_for_while_one_is_being_read()
    {
        var asked = new TaskCompletionSource();
        await using var api = await TestApi.StartAsync(async context =>
        {
            if (context.Request.Query["continue"] == "next")
            {
                asked.SetResult();
                await context.JsonAsync(Answers.List("{}", Answers.Pod("b")));
                return;
            }

            await context.Response.WriteAsync($$"""{"metadata":{"continue":"next"},"items":[{{Answers.Pod("a")}}""");
            await context.Response.Body.FlushAsync();
            await asked.Task;
            await context.Response.WriteAsync("]}");
        });
        using var client = api.Client();
        (await NamesAsync(client.List(WellKnownResources.Pods))).ShouldBe(["a", "b"]);
        api.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_list_that_is_left_early_leaves_nothing_open()
    {
        await using var api = await TestApi.StartAsync(async context =>
        {
            await context.Response.WriteAsync($$"""{"metadata":{"continue":"next"},"items":[{{Answers.Pod("a")}}""");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var client = api.Client();
        await foreach (var item in client.List(WellKnownResources.Pods))
        {
            item.Name.ShouldBe("a");
            break;
        }
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_does_not_hold_the_list_for_ever()
    {
        var time = new ManualTime();
        using var end = new CancellationTokenSource();
        await using var api = await TestApi.StartAsync(async context =>
        {
            await context.Response.WriteAsync($$"""{"items":[{{Answers.Pod("a")}},""");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var client = api.Client(new KubernetesClientOptions { Time = time });
        await using var items = client.List(WellKnownResources.Pods).GetAsyncEnumerator();
        (await items.MoveNextAsync()).ShouldBeTrue();
        var next = items.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        (await Should.ThrowAsync<KubernetesTimeoutException>(() => next)).Cause.ShouldContain("sent nothing for 120 seconds");
        await end.CancelAsync();
    }

    private static async Task<List<string>> NamesAsync(ResourceList list)
    {
        var names = new List<string>();
        await foreach (var item in list)
        {
            names.Add(item.Name);
        }

        return names;
    }
}
