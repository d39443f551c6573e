using System.Net;
using Aeos.Server.Metrics;

namespace Aeos.Server.Tests.Metrics;

public sealed class MetricsEndpointTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _client = new();
    private MetricsEndpoint _endpoint = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await MetricsEndpoint.StartAsync(new ServerMetrics(), "127.0.0.1:0", CancellationToken.None);
        _client.BaseAddress = _endpoint.Address;
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_metrics_are_text_that_Prometheus_reads()
    {
        using var response = await _client.GetAsync("/metrics");

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        (await response.Content.ReadAsStringAsync()).ShouldContain("\nvelero_backup_attempt_total{schedule=\"\"} 0\n");
    }

    [Fact]
    public async Task A_probe_is_answered() => (await _client.GetStringAsync("/healthz")).ShouldBe("ok\n");

    [Fact]
    public async Task Nothing_else_is_served()
    {
        using var other = await _client.GetAsync("/");
        using var post = await _client.PostAsync("/metrics", null);

        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        post.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_an_error_that_names_the_flag()
    {
        var failure = await Should.ThrowAsync<AeosException>(() => MetricsEndpoint.StartAsync(new ServerMetrics(), $"127.0.0.1:{_endpoint.Address.Port}", CancellationToken.None));

        failure.Message.ShouldContain("--metrics-address");
    }

    [Theory]
    [InlineData("8085")]
    [InlineData(":70000")]
    [InlineData("::1:8085")]
    [InlineData("metrics.example:8085")]
    [InlineData("")]
    public async Task What_is_no_address_is_refused(string address)
    {
        var failure = await Should.ThrowAsync<AeosException>(() => MetricsEndpoint.StartAsync(new ServerMetrics(), address, CancellationToken.None));

        failure.Cause.ShouldContain("is not an address to listen on");
    }

    [Fact]
    public void A_port_alone_is_every_address_of_the_host()
    {
        ListenAddress.Parse(":8085", "--metrics-address").ShouldBe(new ListenAddress(null, 8085));
        ListenAddress.Parse("[::1]:8085", "--metrics-address").ShouldBe(new ListenAddress(IPAddress.IPv6Loopback, 8085));
        ListenAddress.Parse("localhost:1", "--metrics-address").ShouldBe(new ListenAddress(IPAddress.Loopback, 1));
    }
}
