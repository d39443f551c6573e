using System.Net.Sockets;

namespace Aeos.ObjectStore.Azure.Tests.Network;

/// <summary>One direction of a connection, on which at most one fault happens.</summary>
/// <param name="source">Where bytes come from.</param>
/// <param name="target">Where they go.</param>
/// <param name="client">The client's end, whichever of the two it is.</param>
/// <param name="fault">What happens, or null.</param>
/// <param name="stop">The proxy's end.</param>
internal sealed class FaultyWay(NetworkStream source, NetworkStream target, NetworkStream client, Fault? fault, CancellationToken stop)
{
    private const int Drop = 1024;

    private static readonly TimeSpan BetweenDrops = TimeSpan.FromMilliseconds(20);

    private long _sent;

    /// <summary>Passes on so many bytes; false when a fault ended it, or the sender went away.</summary>
    /// <param name="length">Null: all that come.</param>
    public async Task<bool> CopyAsync(long? length)
    {
        var buffer = new byte[64 * 1024];
        var rest = length ?? long.MaxValue;
        while (rest > 0 && await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, rest)), stop) is > 0 and var count)
        {
            if (!await SendAsync(buffer.AsMemory(0, count)))
            {
                return false;
            }

            rest -= count;
        }

        return length is null || rest == 0;
    }

    /// <summary>Passes these bytes on; false when a fault ended it.</summary>
    public async Task<bool> SendAsync(Memory<byte> bytes)
    {
        if (fault?.Kind is FaultKind.TrickleRequest or FaultKind.TrickleAnswer)
        {
            await TrickleAsync(bytes);
            return true;
        }

        var at = fault is null ? -1 : fault.At - _sent;
        _sent += bytes.Length;
        if (at < 0 || at >= bytes.Length)
        {
            await target.WriteAsync(bytes, stop);
            return true;
        }

        if (fault!.Kind is FaultKind.CorruptRequest or FaultKind.CorruptAnswer)
        {
            bytes.Span[(int)at] ^= 1;
            await target.WriteAsync(bytes, stop);
            return true;
        }

        await target.WriteAsync(bytes[..(int)at], stop);
        if (fault.Kind is FaultKind.StallRequest or FaultKind.StallAnswer)
        {
            // Until whoever waits loses patience and goes away.
            await UntilGoneAsync();
        }

        return false;
    }

    private async Task TrickleAsync(Memory<byte> bytes)
    {
        var whole = (int)Math.Clamp(fault!.At - _sent, 0, bytes.Length);
        _sent += bytes.Length;
        await target.WriteAsync(bytes[..whole], stop);
        for (var rest = bytes[whole..]; rest.Length > 0; rest = rest[Math.Min(Drop, rest.Length)..])
        {
            await Task.Delay(BetweenDrops, stop);
            await target.WriteAsync(rest[..Math.Min(Drop, rest.Length)], stop);
        }
    }

    private async Task UntilGoneAsync()
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, stop) > 0)
        {
        }
    }
}
