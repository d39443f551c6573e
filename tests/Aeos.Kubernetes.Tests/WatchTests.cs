using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Kubernetes.Watches;
using Microsoft.AspNetCore.Http;

namespace Aeos.Kubernetes.Tests;

public class WatchTests
{
    private readonly ManualTime _time = new() { JumpsToTimers = TimeSpan.FromSeconds(100) };

    private static string Event(string type, string name, int version)
        => $$$"""{"type":"{{{type}}}","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","resourceVersion":"{{{version}}}"}, "x": 1.0}}""";

    private async Task<List<string>> WatchAsync(TestApi api, int count, List<string>? interruptions = null)
    {
        using var client = api.Client(new KubernetesClientOptions { Time = _time, MaxRetries = 0 });
        var options = new WatchOptions { ResourceVersion = "1", Namespace = "shop", OnInterruption = failure => interruptions?.Add(failure.Cause) };
        var seen = new List<string>();
        await foreach (var found in client.WatchAsync(WellKnownResources.Pods, options))
        {
            seen.Add($"{found.Type} {found.Item.Name}".Trim());
            if (seen.Count == count)
            {
                break;
            }
        }

        return seen;
    }

    [Fact]
    public async Task A_watch_that_ends_is_taken_up_from_the_last_version_or_bookmark()
    {
        await using var api = await TestApi.StartAsync(context => context.Request.Query["resourceVersion"].ToString() switch
        {
            "1" => context.Response.WriteAsync(Event("ADDED", "a", 5) + "\n" + Event("BOOKMARK", "", 9) + "\n"),
            "9" => context.Response.WriteAsync(Event("MODIFIED", "a", 10) + Event("DELETED", "a", 11)),
            _ => context.StatusAsync(410, "Expired", "too old"),
        });
        (await WatchAsync(api, 99)).ShouldBe(["Added a", "Bookmark", "Modified a", "Deleted a", "RelistRequired"]);
        var first = api.Requests.First().Target;
        first.ShouldStartWith("/api/v1/namespaces/shop/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=");
        first.ShouldEndWith("&resourceVersion=1");
    }

    [Fact]
    public async Task An_error_event_that_says_gone_ends_in_a_relist()
    {
        await using var api = await TestApi.StartAsync(context => context.Response.WriteAsync(
            """{"type":"ERROR","object":{"kind":"Status","status":"Failure","message":"too old","reason":"Expired","code":410}}"""));
        (await WatchAsync(api, 99)).ShouldBe(["RelistRequired"]);
        api.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Failures_are_reported_and_followed_by_ever_longer_waits()
    {
        var turns = 0;
        await using var api = await TestApi.StartAsync(context => Interlocked.Increment(ref turns) switch
        {
            1 => context.StatusAsync(500, "InternalError", "no"),
            2 => context.Response.WriteAsync("""{"type":"ERROR","object":{"kind":"Status","reason":"Timeout","code":504}}"""),
            3 => context.Response.WriteAsync("""{"type":"ADDED","object":{"kind":"Po"""),
            4 => context.Response.WriteAsync("nonsense"),
            _ => context.Response.WriteAsync(Event("ADDED", "a", 5)),
        });
        var interruptions = new List<string>();
        (await WatchAsync(api, 1, interruptions)).ShouldBe(["Added a"]);
        interruptions.Count.ShouldBe(3);
        _time.Waits.Max().ShouldBeInRange(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_watch_that_ends_at_once_does_not_spin()
    {
        var turns = 0;
        await using var api = await TestApi.StartAsync(context =>
            Interlocked.Increment(ref turns) > 3 ? context.Response.WriteAsync(Event("ADDED", "a", 5)) : Task.CompletedTask);
        await WatchAsync(api, 1);
        _time.Waits.Count.ShouldBe(3);
        _time.Waits.ShouldAllBe(wait => wait > TimeSpan.FromMilliseconds(500));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_watch_that_the_server_never_serves_ends_in_an_error_that_says_why(bool isEvent)
    {
        const string Why = "the required storage feature RequestWatchProgress is disabled";
        await using var api = await TestApi.StartAsync(context => isEvent
            ? context.Response.WriteAsync($$$"""{"type":"ERROR","object":{"kind":"Status","status":"Failure","message":"{{{Why}}}","reason":"InternalError","code":500}}""")
            : context.StatusAsync(500, "InternalError", Why));

        var failure = await Should.ThrowAsync<KubernetesApiException>(() => WatchAsync(api, 1));

        failure.Cause.ShouldContain(Why);
        api.Requests.Count.ShouldBe(11);
    }

    [Fact]
    public async Task A_watch_that_has_worked_outlives_any_number_of_refusals()
    {
        var turns = 0;
        await using var api = await TestApi.StartAsync(context => Interlocked.Increment(ref turns) switch
        {
            1 => context.Response.WriteAsync(Event("ADDED", "a", 5)),
            < 40 => context.StatusAsync(503, "ServiceUnavailable", "away"),
            _ => context.Response.WriteAsync(Event("DELETED", "a", 6)),
        });

        (await WatchAsync(api, 2)).ShouldBe(["Added a", "Deleted a"]);
    }

    [Fact]
    public async Task Who_may_not_watch_gets_an_error()
    {
        await using var api = await TestApi.StartAsync(context => context.StatusAsync(403, "Forbidden", "no"));
        (await Should.ThrowAsync<KubernetesApiException>(() => WatchAsync(api, 1))).IsForbidden.ShouldBeTrue();
    }

    [Fact]
    public async Task An_object_comes_as_sent_while_the_watch_goes_on()
    {
        var end = new TaskCompletionSource();
        await using var api = await TestApi.StartAsync(async context =>
        {
            foreach (var piece in Event("ADDED", "a", 5).Chunk(10))
            {
                await context.Response.WriteAsync(new string(piece));
                await context.Response.Body.FlushAsync();
            }

            await end.Task;
        });
        using var client = api.Client();
        using var cancel = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var found in client.WatchAsync(WellKnownResources.Pods, cancellationToken: cancel.Token))
            {
                System.Text.Encoding.UTF8.GetString(found.Item.Json.Span).ShouldBe("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"5"}, "x": 1.0}""");
                await cancel.CancelAsync();
            }
        });
        end.SetResult();
    }
}
