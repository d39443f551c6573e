using Aeos.Backup.Restores;
using Aeos.Cluster.Tests.Running;
using Aeos.ObjectStore.Azure;
using Aeos.ObjectStore.Azure.Tests.Azurite;
using Aeos.ObjectStore.Azure.Tests.Network;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>Restores from Azurite over a line that fails: whole, or an error that says why and a cluster that nothing was done to.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class RestoreOverAzureTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly TransferOptions Impatient = AzuriteFixture.QuickOptions with { MaxRetries = 1, MaxResumes = 1, NetworkTimeout = TimeSpan.FromSeconds(0.3) };

    private ClusterRoom _room = null!;
    private AzureBucket _bucket = null!;
    private ClusterPicture _before = null!;
    private string _shop = "";

    public async Task InitializeAsync()
    {
        _room = await ClusterRoom.OpenEmbeddedAsync();
        _bucket = await AzureBucket.CreateAsync(azurite, _room);
        _shop = await _room.CreateNamespaceAsync("shop");
        await BulkySecrets.CreateAsync(_room, _shop, 3);
        await new Engine(_room, _bucket.Store, _bucket.KeyFile).BackUpAsync("nightly", _shop);
        _before = await ClusterPicture.TakeAsync(_room, _shop);
        await _room.DeleteNamespaceAsync(_shop);
    }

    public async Task DisposeAsync()
    {
        await _bucket.DisposeAsync();
        await _room.DisposeAsync();
    }

    [Fact]
    public async Task A_line_that_fails_now_and_then_costs_nothing_but_time()
    {
        _bucket.Proxy.Plan(
            "GET",
            Fault.Busy(503), new Fault(FaultKind.CutAnswer), Fault.Busy(429), new Fault(FaultKind.CutAnswer, 300),
            new Fault(FaultKind.CutAnswer, 1000), new Fault(FaultKind.CutAnswer, 70_000));
        _bucket.Proxy.Plan("PUT", new Fault(FaultKind.CutRequest), new Fault(FaultKind.LoseAnswer), Fault.Busy(503));

        (await RestoreAsync("again", AzuriteFixture.QuickOptions)).ShouldBe("Completed");

        _bucket.Proxy.Planned.ShouldBe(0);
        await _before.ShouldBeThereAgainAsync(_room, _shop);
        await BucketCheck.RunAsync(await _bucket.LookAsync());
    }

    [Theory]
    [InlineData(LineFault.Cut)]
    [InlineData(LineFault.Busy)]
    [InlineData(LineFault.TooMany)]
    [InlineData(LineFault.Stalled)]
    public async Task A_line_that_fails_for_good_is_an_error_and_the_restore_is_whole_or_nothing(LineFault fault)
    {
        await RestoreAsync("sound", AzuriteFixture.QuickOptions);
        var options = fault.PatienceOf(Impatient);
        var (requests, nothing, whole) = (_bucket.Proxy.Heads.Count, 0, 0);
        for (var from = 1; from <= requests; from++)
        {
            if (await _room.FindAsync("v1", "Namespace", null, _shop) is not null)
            {
                await _room.DeleteNamespaceAsync(_shop);
            }

            var seen = 0;
            _bucket.Proxy.OnRequest = head => Interlocked.Increment(ref seen) >= from ? fault.For(head) : null;
            var failure = await Should.ThrowAsync<AeosException>(() => RestoreAsync($"r{from}", options), $"from request {from}");
            _bucket.Proxy.OnRequest = null;

            failure.Cause.ShouldContain(fault.Says(), customMessage: $"from request {from}");
            await BucketCheck.RunAsync(await _bucket.LookAsync());
            await _room.Embedded.SettleAsync();
            if (await _room.FindAsync("v1", "Namespace", null, _shop) is null)
            {
                nothing++;
            }
            else
            {
                failure.ShouldBeOfType<RestoreUnrecordedException>($"from request {from}");
                await _before.ShouldBeThereAgainAsync(_room, _shop);
                whole++;
            }
        }

        (nothing > 2 && whole > 2).ShouldBeTrue($"{nothing} applied nothing, {whole} everything");
    }

    [Fact]
    public async Task A_line_that_drips_is_waited_for_while_anything_comes()
    {
        // A hundred and fifty kibibytes: some seconds, with a kibibyte every few milliseconds.
        _bucket.Proxy.OnRequest = static head => head.Contains(".tar.gz", StringComparison.Ordinal) ? new Fault(FaultKind.TrickleAnswer, 1000) : null;

        (await RestoreAsync("again", AzuriteFixture.QuickOptions with { NetworkTimeout = TimeSpan.FromSeconds(2) })).ShouldBe("Completed");

        await _before.ShouldBeThereAgainAsync(_room, _shop);
    }

    private async Task<string?> RestoreAsync(string name, TransferOptions options)
    {
        await using var store = _bucket.Open(options);
        return (await new Engine(_room, store, _bucket.KeyFile) { SpoolFolder = _bucket.Folder }.RestoreAsync(name, "nightly")).Document.Status.Phase;
    }
}
