using Aeos.Server.Status;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Status;

public sealed class StatusRequestControllerTests : IAsyncLifetime
{
    private ControllerBench _bench = null!;
    private StatusRequestController _controller = null!;

    public async Task InitializeAsync()
    {
        _bench = await ControllerBench.StartAsync();
        _controller = new StatusRequestController(_bench.Server);
        await _bench.Server.ServerStatusRequests.CreateAsync(new ServerStatusRequestDocument { Metadata = new DocumentMetadata { Name = "request" } }, default);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_request_is_answered_with_the_version_and_the_stores()
    {
        await _controller.ReconcileAsync("request", default);

        var status = (await _bench.Server.ServerStatusRequests.TryGetAsync("request", default))!.Status;
        status.Phase.ShouldBe("Processed");
        status.ServerVersion!.ShouldMatch(@"^v1\.18\.1\+aeos\.\d+\.\d+\.\d+[0-9A-Za-z.-]*$");
        status.ProcessedTimestamp.ShouldBe("2026-01-01T00:00:00Z");
        status.Plugins!.Select(static plugin => $"{plugin.Kind} {plugin.Name}").ShouldContain("ObjectStore aeos.io/filesystem");
        status.Plugins!.Select(static plugin => plugin.Name).ShouldContain("equinor/velero-plugin-aeos");
    }

    [Fact]
    public async Task An_answered_request_that_its_client_left_goes_after_a_minute()
    {
        await _controller.ReconcileAsync("request", default);
        _bench.Time.Advance(TimeSpan.FromSeconds(59));

        (await _controller.ReconcileAsync("request", default)).ShouldBe(TimeSpan.FromSeconds(1));
        (await _bench.Server.ServerStatusRequests.TryGetAsync("request", default)).ShouldNotBeNull();

        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        (await _controller.ReconcileAsync("request", default)).ShouldBeNull();
        (await _bench.Server.ServerStatusRequests.TryGetAsync("request", default)).ShouldBeNull();
    }
}
