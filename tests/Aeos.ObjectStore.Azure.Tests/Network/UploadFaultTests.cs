using System.Security.Cryptography;
using Aeos.ObjectStore.Azure.Tests.Azurite;

namespace Aeos.ObjectStore.Azure.Tests.Network;

/// <summary>Uploads over a network that fails: the object comes out whole, or not at all and with a reason.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class UploadFaultTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int BlockSize = 64 * 1024;

    private readonly byte[] _content = RandomNumberGenerator.GetBytes((5 * BlockSize) + 17);
    private FaultyProxy _proxy = null!;
    private IObjectStore _store = null!;

    public async Task InitializeAsync()
    {
        _proxy = new FaultyProxy(azurite.Service);
        _store = await OpenAsync(AzuriteFixture.QuickOptions);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(FaultKind.CutRequest)]
    [InlineData(FaultKind.CorruptRequest)]
    [InlineData(FaultKind.LoseAnswer)]
    internal async Task A_block_that_does_not_arrive_whole_is_sent_again(FaultKind kind)
    {
        _proxy.Plan("PUT", new Fault(kind, 0), new Fault(kind, 1000), new Fault(kind, BlockSize / 2));

        await _store.PutAsync("a", _content);

        _proxy.Planned.ShouldBe(0);
        _proxy.Heads.Count.ShouldBe(6 + 1 + 3);
        (await _store.GetAsync("a")).ShouldBe(_content);
    }

    [Theory]
    [InlineData(FaultKind.CutRequest)]
    [InlineData(FaultKind.CorruptRequest)]
    [InlineData(FaultKind.LoseAnswer)]
    internal async Task A_small_object_that_does_not_arrive_whole_is_sent_again(FaultKind kind)
    {
        _proxy.Plan("PUT", new Fault(kind, 0), new Fault(kind, 500));

        await _store.PutAsync("a", _content.AsMemory(0, 1000));

        _proxy.Planned.ShouldBe(0);
        (await _store.GetAsync("a")).ShouldBe(_content[..1000]);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_repeated_and_stands()
    {
        await using var writer = await _store.CreateAsync("a", CancellationToken.None);
        await writer.WriteAsync(_content.AsMemory(0, (2 * BlockSize) + 1));
        _proxy.Plan($"PUT {_proxy.Address.AbsolutePath}/{_container}/a?comp=blocklist", new Fault(FaultKind.LoseAnswer));

        await writer.CommitAsync(CancellationToken.None);

        _proxy.Planned.ShouldBe(0);
        (await _store.GetAsync("a")).ShouldBe(_content[..((2 * BlockSize) + 1)]);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_service_that_is_busy_for_a_while_is_asked_again(int status)
    {
        _proxy.Plan("PUT", Fault.Busy(status), Fault.Busy(status, "Retry-After: 0\r\n"), Fault.Busy(status));

        await _store.PutAsync("a", _content);

        _proxy.Planned.ShouldBe(0);
        (await _store.GetAsync("a")).ShouldBe(_content);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(501)]
    public async Task What_does_not_pass_is_not_asked_again(int status)
    {
        _proxy.Plan("PUT", Fault.Busy(status));

        var error = await Should.ThrowAsync<ObjectStoreException>(() => _store.PutAsync("a", "small"u8.ToArray()));

        error.ShouldNotBeOfType<ObjectNotFoundException>();
        error.Cause.ShouldContain($"{status} ServerBusy (request id of-the-proxy)");
        _proxy.Heads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_service_decides_how_long_to_wait()
    {
        _proxy.Plan("PUT", Fault.Busy(503, "Retry-After: 1\r\n"));
        var started = TimeProvider.System.GetTimestamp();

        await _store.PutAsync("a", "small"u8.ToArray());

        // Our own wait would have been some milliseconds. More than a second cannot be held against a busy machine, less can.
        TimeProvider.System.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(990));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_an_error_at_once()
    {
        _proxy.Plan("PUT", Fault.Busy(429, "Retry-After: 3600\r\n"));

        var error = await Should.ThrowAsync<ObjectStoreException>(() => _store.PutAsync("a", "small"u8.ToArray()));

        error.Cause.ShouldContain("429");
        _proxy.Heads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Retries_end_and_nothing_is_visible_then()
    {
        _proxy.Plan("PUT", [.. Enumerable.Repeat(Fault.Busy(503), 1000)]);

        var error = await Should.ThrowAsync<ObjectStoreException>(() => _store.PutAsync("a", _content));

        error.Cause.ShouldContain("503");
        _proxy.Heads.Count.ShouldBeLessThan(4 * (AzuriteFixture.QuickOptions.MaxRetries + 1));
        await using var direct = azurite.Open(AzuriteFixture.LocationOn(_container, azurite.Service));
        (await direct.ListAllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failure_in_the_background_is_told_by_a_later_write_and_ends_the_object()
    {
        _proxy.Plan("PUT", [.. Enumerable.Repeat(Fault.Busy(403), 2)]);
        await using var writer = await _store.CreateAsync("a", CancellationToken.None);

        var error = await Should.ThrowAsync<ObjectStoreException>(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                await writer.WriteAsync(_content);
            }
        });

        error.Cause.ShouldContain("403");
        await Should.ThrowAsync<InvalidOperationException>(async () => await writer.CommitAsync(CancellationToken.None));
        (await _store.ExistsAsync("a", CancellationToken.None)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_stalled_upload_is_given_up_and_sent_again(long at)
    {
        await using var impatient = await OpenAsync(
            AzuriteFixture.QuickOptions with { NetworkTimeout = TimeSpan.FromSeconds(1), MinimumRate = 1024 * 1024 });
        _proxy.Plan("PUT", new Fault(FaultKind.StallRequest, at));

        await impatient.PutAsync("a", _content);

        _proxy.Planned.ShouldBe(0);
        (await _store.GetAsync("a")).ShouldBe(_content);
    }

    [Fact]
    public async Task A_stalled_upload_can_be_cancelled()
    {
        _proxy.Plan("PUT", [.. Enumerable.Repeat(new Fault(FaultKind.StallRequest, 1000), 100)]);
        using var cancellation = new CancellationTokenSource();
        await using var writer = await _store.CreateAsync("a", CancellationToken.None);
        await writer.WriteAsync(_content.AsMemory(0, (2 * BlockSize) + 1));
        var commit = writer.CommitAsync(cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => commit);
        await Should.ThrowAsync<InvalidOperationException>(async () => await writer.CommitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_deletion_whose_answer_is_lost_is_done()
    {
        await _store.PutAsync("a", "a"u8.ToArray());
        _proxy.Plan("DELETE", new Fault(FaultKind.LoseAnswer));

        await _store.DeleteAsync("a", CancellationToken.None);

        _proxy.Planned.ShouldBe(0);
        (await _store.ExistsAsync("a", CancellationToken.None)).ShouldBeFalse();
    }

    private string _container = "";

    private async Task<IObjectStore> OpenAsync(TransferOptions options)
    {
        _container = _container.Length > 0 ? _container : (await azurite.NewLocationAsync()).Bucket;
        var spec = AzuriteFixture.LocationOn(_container, _proxy.Address);
        return azurite.Open(spec with { Config = new Dictionary<string, string>(spec.Config) { ["blockSizeInBytes"] = $"{BlockSize}" } }, options);
    }
}
