using Aeos.ObjectStore;

namespace Aeos.Server.Tests.Downloads;

/// <summary>Bytes that nobody keeps: as many as are asked for, then an end or an error.</summary>
internal sealed class MadeUpStream(long length, Exception? end = null) : ForwardReadStream
{
    private long _read;

    /// <summary>How many bytes were taken.</summary>
    public long Taken => Interlocked.Read(ref _read);

    public static byte At(long position) => (byte)(position * 31 % 251);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(buffer.Length, length - _read);
        if (count == 0 && end is not null)
        {
            throw end;
        }

        for (var i = 0; i < count; i++)
        {
            buffer.Span[i] = At(_read + i);
        }

        Interlocked.Add(ref _read, count);
        return ValueTask.FromResult(count);
    }
}
