using System.Buffers.Binary;
using Aeos.ObjectStore;

namespace Aeos.Velero.Archive;

/// <summary>The reader's input, with an eye on its last four bytes: gzip ends in its content's length, and the BCL does not notice when that trailer is cut.</summary>
internal sealed class ArchiveReaderInput(Stream input) : ForwardReadStream
{
    private readonly byte[] _last = new byte[4];

    /// <summary>What gzip says its content's length is, modulo 2^32 (RFC 1952, ISIZE).</summary>
    public uint StatedLength => BinaryPrimitives.ReadUInt32LittleEndian(_last);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Note(buffer.Span[..count]);
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        await input.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Note(ReadOnlySpan<byte> read)
    {
        if (read.Length >= _last.Length)
        {
            read[^_last.Length..].CopyTo(_last);
            return;
        }

        _last.AsSpan(read.Length).CopyTo(_last);
        read.CopyTo(_last.AsSpan(_last.Length - read.Length));
    }
}
