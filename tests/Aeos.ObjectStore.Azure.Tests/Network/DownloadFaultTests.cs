using System.Security.Cryptography;
using Aeos.ObjectStore.Azure.Tests.Azurite;

namespace Aeos.ObjectStore.Azure.Tests.Network;

/// <summary>Downloads and listings over a network that fails.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class DownloadFaultTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(1_000_003);
    private string _container = "";
    private FaultyProxy _proxy = null!;
    private IObjectStore _store = null!;

    public async Task InitializeAsync()
    {
        _proxy = new FaultyProxy(azurite.Service);
        _container = (await azurite.NewLocationAsync()).Bucket;
        _store = Open(AzuriteFixture.QuickOptions);
        await _store.PutAsync("a", _content);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_broken_download_goes_on_where_it_broke()
    {
        _proxy.Plan(
            "GET",
            new Fault(FaultKind.CutAnswer, 0),
            new Fault(FaultKind.CutAnswer, 1),
            new Fault(FaultKind.CutAnswer, 300_000),
            new Fault(FaultKind.CutAnswer, 600_000));

        (await _store.GetAsync("a")).ShouldBe(_content);

        _proxy.Planned.ShouldBe(0);
        var gets = _proxy.Heads.Where(head => head.StartsWith("GET", StringComparison.Ordinal)).ToList();
        gets.Count.ShouldBe(5);
        gets[1..].ShouldAllBe(head => head.Contains("If-Match: ", StringComparison.OrdinalIgnoreCase));
        gets[2..].ShouldAllBe(head => head.Contains("x-ms-range: bytes=", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_stalled_download_goes_on_over_another_connection()
    {
        await using var impatient = Open(AzuriteFixture.QuickOptions with { NetworkTimeout = TimeSpan.FromSeconds(1) });
        _proxy.Plan("GET", new Fault(FaultKind.StallAnswer, 0), new Fault(FaultKind.StallAnswer, 500_000));

        (await impatient.GetAsync("a")).ShouldBe(_content);

        _proxy.Planned.ShouldBe(0);
    }

    [Fact]
    public async Task A_service_that_is_busy_in_mid_download_is_asked_again()
    {
        _proxy.Plan("GET", Fault.Busy(503), new Fault(FaultKind.CutAnswer, 400_000), Fault.Busy(429), Fault.Busy(500));

        (await _store.GetAsync("a")).ShouldBe(_content);

        _proxy.Planned.ShouldBe(0);
    }

    [Fact]
    public async Task A_download_that_breaks_again_and_again_ends_with_an_error()
    {
        _proxy.Plan("GET", [.. Enumerable.Repeat(new Fault(FaultKind.CutAnswer, 10), 1000)]);

        var error = await Should.ThrowAsync<ObjectStoreException>(() => _store.GetAsync("a"));

        error.Cause.ShouldContain("broke again and again");
        error.Cause.ShouldContain("\"a\"");
        _proxy.Heads.Count(head => head.StartsWith("GET", StringComparison.Ordinal)).ShouldBe(1 + AzuriteFixture.QuickOptions.MaxResumes);
    }

    [Fact]
    public async Task An_object_that_is_replaced_in_mid_download_is_never_spliced()
    {
        _proxy.Plan("GET", new Fault(FaultKind.CutAnswer, 500_000));
        await using var reader = await _store.OpenReadAsync("a", CancellationToken.None);
        await reader.ReadExactlyAsync(new byte[1000]);
        await _store.PutAsync("a", RandomNumberGenerator.GetBytes(1_000_003));

        var error = await Should.ThrowAsync<ObjectStoreException>(() => reader.CopyToAsync(Stream.Null));

        error.Cause.ShouldContain("replaced while it was read");
    }

    [Fact]
    public async Task A_stalled_download_can_be_cancelled()
    {
        _proxy.Plan("GET", new Fault(FaultKind.StallAnswer, 1000));
        using var cancellation = new CancellationTokenSource();
        await using var reader = await _store.OpenReadAsync("a", CancellationToken.None);
        await reader.ReadExactlyAsync(new byte[1000]);
        var read = reader.ReadAsync(new byte[1], cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public async Task A_listing_whose_pages_break_is_whole()
    {
        foreach (var i in Enumerable.Range(0, 25))
        {
            await _store.PutAsync($"k/{i:00}", "x"u8.ToArray());
        }

        await using var paging = Open(AzuriteFixture.QuickOptions with { PageSize = 10 });
        _proxy.Plan("GET", Fault.Busy(503), new Fault(FaultKind.CutAnswer, 0), new Fault(FaultKind.CutAnswer, 700), Fault.Busy(500));

        (await paging.ListAllAsync("k/")).ShouldBe(Enumerable.Range(0, 25).Select(i => $"k/{i:00}"));

        _proxy.Planned.ShouldBe(0);
    }

    private IObjectStore Open(TransferOptions options) => azurite.Open(AzuriteFixture.LocationOn(_container, _proxy.Address), options);
}
