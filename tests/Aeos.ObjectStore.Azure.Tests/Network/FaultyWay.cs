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
    private long _sent;

    /// <summary>Passes bytes on until the end or until so many; false when a fault ended it.</summary>
    public async Task<bool> CopyAsync(long length)
    {
        var buffer = new byte[64 * 1024];
        while (length > 0 && await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), stop) is > 0 and var count)
        {
            if (!await SendAsync(buffer.AsMemory(0, count)))
            {
                return false;
            }

            length -= count;
        }

        return true;
    }

    /// <summary>Passes these bytes on; false when a fault ended it.</summary>
    public async Task<bool> SendAsync(Memory<byte> bytes)
    {
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

    private async Task UntilGoneAsync()
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, stop) > 0)
        {
        }
    }
}
