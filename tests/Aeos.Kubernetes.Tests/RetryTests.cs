using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Kubernetes.Tests.Fixtures;

namespace Aeos.Kubernetes.Tests;

public class RetryTests
{
    private static readonly KubernetesObject Pod = new("""{"metadata":{"name":"a"}}"""u8.ToArray());

    private readonly ManualTime _time = new() { JumpsToTimers = TimeSpan.FromSeconds(100) };

    private KubernetesClientOptions Options => new() { Time = _time, RequestTimeout = TimeSpan.FromMinutes(10), Qps = 0 };

    [Theory]
    [InlineData(429, "7", "GET", 3)]
    [InlineData(429, "", "POST", 3)]
    [InlineData(503, "2", "POST", 3)]
    [InlineData(503, "", "GET", 1)]
    [InlineData(500, "1", "POST", 3)]
    [InlineData(500, "", "GET", 1)]
    [InlineData(504, "1", "GET", 3)]
    [InlineData(504, "1", "POST", 1)]
    [InlineData(404, "1", "GET", 1)]
    public async Task Only_what_surely_was_not_done_is_sent_again(int code, string retryAfter, string method, int requests)
    {
        var turns = 0;
        await using var api = await TestApi.StartAsync(context =>
        {
            if (Interlocked.Increment(ref turns) > 2)
            {
                return context.JsonAsync("{}");
            }

            if (retryAfter.Length > 0)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            return context.StatusAsync(code, "", "busy");
        });
        using var client = api.Client(Options);
        var attempt = method == "GET"
            ? client.GetAsync(WellKnownResources.Pods, "shop", "a")
            : client.CreateAsync(WellKnownResources.Pods, "shop", Pod);
        if (requests == 1)
        {
            (await Should.ThrowAsync<KubernetesApiException>(() => attempt)).Code.ShouldBe(code);
            _time.Waits.ShouldBeEmpty();
        }
        else
        {
            await attempt;
            _time.Waits.ShouldAllBe(wait => wait == TimeSpan.FromSeconds(retryAfter.Length > 0 ? int.Parse(retryAfter) : 1));
        }

        api.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task A_server_that_is_always_busy_is_given_up_on()
    {
        await using var api = await TestApi.StartAsync(context => context.StatusAsync(429, "TooManyRequests", "busy"));
        using var client = api.Client(Options with { MaxRetries = 4 });
        (await Should.ThrowAsync<KubernetesApiException>(() => client.GetAsync(WellKnownResources.Pods, "shop", "a"))).IsTooManyRequests.ShouldBeTrue();
        api.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_server_that_wants_too_long_a_wait_gets_a_bounded_one()
    {
        await using var api = await TestApi.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "86400";
            return context.StatusAsync(429, "TooManyRequests", "busy");
        });
        using var client = api.Client(Options with { MaxRetries = 2, MaxRetryDelay = TimeSpan.FromSeconds(30) });
        await Should.ThrowAsync<KubernetesApiException>(() => client.GetAsync(WellKnownResources.Pods, "shop", "a"));
        _time.Waits.ShouldBe([TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)]);
    }

    [Fact]
    public async Task After_a_reset_connection_a_get_is_sent_again_and_a_create_is_not()
    {
        var turns = 0;
        await using var api = await TestApi.StartAsync(context =>
        {
            if (Interlocked.Increment(ref turns) == 1)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return context.JsonAsync("{}");
        });
        using var client = api.Client(Options);
        await client.GetAsync(WellKnownResources.Pods, "shop", "a");
        turns.ShouldBe(2);

        turns = 0;
        (await Should.ThrowAsync<KubernetesException>(() => client.CreateAsync(WellKnownResources.Pods, "shop", Pod))).ShouldNotBeOfType<KubernetesApiException>();
        turns.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_what_to_do()
    {
        Uri address;
        await using (var api = await TestApi.StartAsync(context => context.JsonAsync("{}")))
        {
            address = api.Address;
        }

        using var client = new KubernetesClient(Configuration.ClusterConnection.ForServer(address), Options);
        var failure = await Should.ThrowAsync<KubernetesException>(() => client.GetAsync(WellKnownResources.Pods, "shop", "a"));
        failure.Cause.ShouldContain(address.Authority);
        failure.Cause.ShouldContain("cannot be reached");
        _time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_an_error()
    {
        var time = new ManualTime();
        var arrived = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        await using var api = await TestApi.StartAsync(async context =>
        {
            arrived.SetResult();
            await end.Task;
        });
        using var client = api.Client(new KubernetesClientOptions { Time = time });
        var get = client.GetAsync(WellKnownResources.Pods, "shop", "a");
        await arrived.Task;
        time.Advance(TimeSpan.FromMinutes(2));
        (await Should.ThrowAsync<KubernetesTimeoutException>(() => get)).Cause.ShouldContain("did not answer within 120 seconds");
        end.SetResult();
    }
}
