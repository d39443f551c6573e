using Aeos.Server.Deletion;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Deletion;

public sealed class RequestExpiryTests : IAsyncLifetime
{
    private ControllerBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ControllerBench.StartAsync();

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task A_request_that_is_done_is_kept_for_a_day()
    {
        var requests = _bench.Server.DeleteBackupRequests;
        var request = await requests.CreateAsync(
            new DeleteBackupRequestDocument { Metadata = new DocumentMetadata { Name = "first" }, Spec = new DeleteBackupRequestSpec { BackupName = "gone" } }, default);
        var created = DateTimeOffset.Parse(request.Metadata.CreationTimestamp!, System.Globalization.CultureInfo.InvariantCulture);
        _bench.Time.Advance(created - _bench.Time.GetUtcNow());
        var controller = new BackupDeletionController(_bench.Server);

        await controller.ReconcileAsync("first", default);
        (await requests.TryGetAsync("first", default))!.Status.Errors.ShouldBe(["backup not found"]);
        _bench.Time.Advance(TimeSpan.FromHours(23));
        (await controller.ReconcileAsync("first", default)).ShouldBe(TimeSpan.FromHours(1));
        _bench.Time.Advance(TimeSpan.FromHours(1));
        await controller.ReconcileAsync("first", default);

        (await requests.TryGetAsync("first", default)).ShouldBeNull();
    }
}
