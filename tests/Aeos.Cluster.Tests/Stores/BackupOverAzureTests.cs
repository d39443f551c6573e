using Aeos.Cluster.Tests.Running;
using Aeos.ObjectStore.Azure;
using Aeos.ObjectStore.Azure.Tests.Azurite;
using Aeos.ObjectStore.Azure.Tests.Network;
using Aeos.Velero.Layout;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>Backups into Azurite over a line that fails: whole, or an error that says why and a bucket that claims nothing.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class BackupOverAzureTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly TransferOptions Impatient = AzuriteFixture.QuickOptions with
    {
        MaxRetries = 1,
        NetworkTimeout = TimeSpan.FromSeconds(0.3),
        MinimumRate = 1024 * 1024,
    };

    private ClusterRoom _room = null!;
    private AzureBucket _bucket = null!;
    private string _shop = "";

    public async Task InitializeAsync()
    {
        _room = await ClusterRoom.OpenEmbeddedAsync();
        _bucket = await AzureBucket.CreateAsync(azurite, _room);
        _shop = await _room.CreateNamespaceAsync("shop");
        await BulkySecrets.CreateAsync(_room, _shop, 5);
    }

    public async Task DisposeAsync()
    {
        await _bucket.DisposeAsync();
        await _room.DisposeAsync();
    }

    [Fact]
    public async Task A_line_that_fails_now_and_then_costs_nothing_but_time()
    {
        _bucket.Proxy.Plan("GET", Fault.Busy(503), new Fault(FaultKind.CutAnswer, 20));
        _bucket.Proxy.Plan(
            "PUT",
            new Fault(FaultKind.CutRequest, 30_000), new Fault(FaultKind.LoseAnswer), Fault.Busy(503), new Fault(FaultKind.CorruptRequest, 60_000),
            Fault.Busy(429, "Retry-After: 0\r\n"), new Fault(FaultKind.CutRequest), new Fault(FaultKind.LoseAnswer), Fault.Busy(500), new Fault(FaultKind.LoseAnswer));

        await BackUpAsync("nightly", AzuriteFixture.QuickOptions);

        _bucket.Proxy.Planned.ShouldBe(0);
        await BucketCheck.RunAsync(await _bucket.LookAsync());
        (await _bucket.Store.ExistsAsync(new BackupKeys("nightly").Document, default)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(LineFault.Cut, 1)]
    [InlineData(LineFault.Busy, 2)]
    [InlineData(LineFault.TooMany, 4)]
    [InlineData(LineFault.Stalled, 4)]
    public async Task A_line_that_fails_for_good_is_an_error_and_nothing_claims_to_be_complete(LineFault fault, int step)
    {
        await BackUpAsync("sound", AzuriteFixture.QuickOptions);
        var requests = _bucket.Proxy.Heads.Count;
        requests.ShouldBeGreaterThan(12);
        var options = fault.PatienceOf(Impatient);
        for (var from = 1; from <= requests; from += step)
        {
            var (name, seen) = ($"b{from}", 0);
            _bucket.Proxy.OnRequest = head => Interlocked.Increment(ref seen) >= from ? fault.For(head) : null;

            var failure = await Should.ThrowAsync<AeosException>(() => BackUpAsync(name, options), $"from request {from}");

            _bucket.Proxy.OnRequest = null;
            failure.Cause.ShouldContain(fault.Says(), customMessage: $"from request {from}");
            failure.Cause.ShouldContain(from == 1 ? "cannot list container" : name, customMessage: $"from request {from}");
            seen.ShouldBeLessThan(from + (4 * (Impatient.MaxRetries + 1)), "two blocks at once, and one object to take away: each is tried twice");
            await BucketCheck.RunAsync(await _bucket.LookAsync());
            (await _bucket.Store.ExistsAsync(new BackupKeys(name).Document, default)).ShouldBeFalse($"from request {from}");
        }
    }

    [Fact]
    public async Task A_service_that_wants_to_be_left_alone_for_an_hour_ends_the_backup_at_once()
    {
        _bucket.Proxy.Plan("PUT", Fault.Busy(429, "Retry-After: 3600\r\n"));

        var failure = await Should.ThrowAsync<AeosException>(() => BackUpAsync("nightly", AzuriteFixture.QuickOptions));

        failure.Cause.ShouldContain("429");
        (await (await _bucket.LookAsync()).KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_line_that_drips_more_slowly_than_it_may_is_given_up_on()
    {
        _bucket.Proxy.OnRequest = DripBlocks;

        var failure = await Should.ThrowAsync<AeosException>(() => BackUpAsync("nightly", Impatient));

        failure.Cause.ShouldContain("did not answer in time");
        (await (await _bucket.LookAsync()).KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_line_that_drips_as_fast_as_it_must_brings_all_of_it()
    {
        _bucket.Proxy.OnRequest = DripBlocks;

        await BackUpAsync("nightly", AzuriteFixture.QuickOptions);

        await BucketCheck.RunAsync(await _bucket.LookAsync());
        (await _bucket.Store.ExistsAsync(new BackupKeys("nightly").Document, default)).ShouldBeTrue();
    }

    private static Fault? DripBlocks(string head) => head.Contains("comp=block&", StringComparison.Ordinal) ? new Fault(FaultKind.TrickleRequest, 1000) : null;

    private async Task BackUpAsync(string name, TransferOptions options)
    {
        await using var store = _bucket.Open(options);
        await new Engine(_room, store, _bucket.KeyFile).BackUpAsync(name, _shop);
    }
}
