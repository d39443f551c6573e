using System.Runtime.CompilerServices;
using Aeos.GoPlugin.Grpc;
using Aeos.GoPlugin.TestPlugin;
using Aeos.GoPlugin.Tests.Fixtures;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Aeos.GoPlugin.Tests;

/// <summary>Slow sides hold fast ones back, and nobody else.</summary>
public sealed class FlowControlTests : IAsyncLifetime
{
    private const long Endless = 1L << 50;

    /// <summary>Chunks of 64 KiB that all windows and buffers together may take: what more would mean that nothing holds the writer back.</summary>
    private const long MostInFlight = 64;

    private static readonly BytesValue Chunk = new() { Value = ByteString.CopyFrom(new byte[64 * 1024]) };

    private Client.PluginProcess _plugin = null!;
    private long _sent;

    private GrpcChannel Channel => _plugin.Channel;

    public async Task InitializeAsync() => _plugin = await WirePlugin.StartAsync();

    public async Task DisposeAsync() => await _plugin.DisposeAsync();

    [Fact]
    public async Task A_slow_reader_holds_the_plugin_back()
    {
        await using var download = Download();
        (await download.MoveNextAsync()).ShouldBeTrue();

        await SettleAsync(WrittenAsync, MostInFlight);
        for (var i = 0; i < 2 * MostInFlight; i++)
        {
            (await download.MoveNextAsync()).ShouldBeTrue();
        }

        (await WrittenAsync()).ShouldBeGreaterThan(MostInFlight);
    }

    [Fact]
    public async Task A_slow_plugin_holds_the_sender_back()
    {
        using var end = new CancellationTokenSource();
        var upload = Channel.ClientStreamingAsync(Methods.Stall, Chunks(), null, end.Token);

        await SettleAsync(() => Task.FromResult(Interlocked.Read(ref _sent)), MostInFlight);
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(upload);
    }

    [Fact]
    public async Task Stalled_streams_hold_up_no_others()
    {
        using var end = new CancellationTokenSource();
        var stalled = Enumerable.Range(0, 16)
            .Select(_ => Channel.ClientStreamingAsync(Methods.Stall, Chunks(), null, end.Token)).ToList();
        var unread = Enumerable.Range(0, 16).Select(_ => Download()).ToList();
        foreach (var download in unread)
        {
            await download.MoveNextAsync();
        }

        await SettleAsync(() => Task.FromResult(Interlocked.Read(ref _sent)), 16 * MostInFlight);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            var length = 0L;
            await foreach (var chunk in Channel.ServerStreamingAsync(Methods.Download, new Int64Value { Value = 1 << 20 }, null, CancellationToken.None))
            {
                length += chunk.Value.Length;
            }

            length.ShouldBe(1 << 20);
        }));

        stalled.ShouldAllBe(call => !call.IsCompleted);
        await end.CancelAsync();
        foreach (var call in stalled)
        {
            await Should.ThrowAsync<OperationCanceledException>(call);
        }

        foreach (var download in unread)
        {
            await download.DisposeAsync();
        }
    }

    private IAsyncEnumerator<BytesValue> Download() => Channel
        .ServerStreamingAsync(Methods.Download, new Int64Value { Value = Endless }, null, CancellationToken.None).GetAsyncEnumerator();

    private async Task<long> WrittenAsync() => (await Channel.UnaryAsync(Methods.Written, new Empty(), null, CancellationToken.None)).Value;

    /// <summary>Waits, by turns and not by time, until a count stands still while other calls come and go on the same connection.</summary>
    private async Task SettleAsync(Func<Task<long>> count, long limit)
    {
        var last = 0L;
        for (var unchanged = 0; unchanged < 200; unchanged++)
        {
            await Channel.UnaryAsync(Methods.Echo, new StringValue(), null, CancellationToken.None);
            var now = await count();
            now.ShouldBeLessThan(limit);
            if (now != last)
            {
                (last, unchanged) = (now, 0);
            }
        }
    }

    private async IAsyncEnumerable<BytesValue> Chunks([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Chunk;
            Interlocked.Increment(ref _sent);
            await Task.Yield();
        }
    }
}
