using System.IO.Compression;
using Aeos.Encryption;

namespace Aeos.Velero.Archive;

/// <summary>
/// Reads the files of a gzip'd tar one after the other, in bounded memory, and verifies at the end that nothing was cut: the tar's end mark, gzip's
/// checksum and the input's own end (an encrypted one shows there that it is whole). What it hands out before is not verified as a whole.
/// </summary>
public sealed class ArchiveReader : IAsyncDisposable
{
    private const string EndsEarly = "it ends early";

    private readonly ArchiveReaderInput _input;
    private readonly GZipStream _content;
    private readonly ArchiveReaderLimits _limits;
    private readonly byte[] _block = new byte[ArchiveReaderHeader.BlockLength];
    private byte[] _buffer = new byte[64 * 1024];
    private long _entries;
    private long _total;
    private bool _ended;

    /// <summary>Makes a reader; nothing is read yet.</summary>
    /// <param name="input">The gzip'd tar, decrypted as it is read. Taken over.</param>
    /// <param name="limits">What it may cost; null: the defaults.</param>
    public ArchiveReader(Stream input, ArchiveReaderLimits? limits = null)
    {
        _input = new ArchiveReaderInput(input);
        _content = new GZipStream(_input, CompressionMode.Decompress);
        _limits = limits ?? new ArchiveReaderLimits();
    }

    /// <summary>Reads the next file; null when the archive ended as it should.</summary>
    /// <exception cref="ArchiveRefusedException">Damaged, cut, no archive, or out of bounds.</exception>
    /// <exception cref="MessageRefusedException">The encryption beneath did not hold.</exception>
    public async ValueTask<ArchiveReaderEntry?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return null;
        }

        try
        {
            return await ReadFileAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw ArchiveRefusedException.Damaged(_total == 0 ? "it is not compressed with gzip" : "its gzip stream is broken", e);
        }
        catch (EndOfStreamException e)
        {
            throw ArchiveRefusedException.Damaged(EndsEarly, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _content.DisposeAsync();

    private async ValueTask<ArchiveReaderEntry?> ReadFileAsync(CancellationToken cancellationToken)
    {
        var extended = default(ArchiveReaderPax);
        while (await ReadHeaderAsync(cancellationToken).ConfigureAwait(false) is { } header)
        {
            if (header.IsExtended || header.IsGlobal || header.IsLongName)
            {
                CheckSize(header.Size, _limits.NameBytes * 2L, "an extended header");
                var records = await ReadContentAsync((int)header.Size, cancellationToken).ConfigureAwait(false);
                extended = header.IsExtended ? ArchiveReaderPax.Parse(records.Span)
                    : header.IsLongName ? extended with { Path = ArchiveReaderHeader.Text(records.Span) }
                    : extended;
                continue;
            }

            var name = extended.Path ?? header.Name;
            var size = extended.Size ?? header.Size;
            extended = default;
            if (name.Length > _limits.NameBytes)
            {
                throw ArchiveRefusedException.Unbounded($"an entry's name is longer than {_limits.NameBytes} bytes");
            }

            CheckSize(size, _limits.EntryBytes, $"the entry {Printable.Quote(name)}");
            if (header.IsFile)
            {
                return new ArchiveReaderEntry(name, await ReadContentAsync((int)size, cancellationToken).ConfigureAwait(false));
            }

            if (!header.IsFolder || size != 0)
            {
                throw ArchiveRefusedException.Damaged($"the entry {Printable.Quote(name)} is neither a file nor a folder");
            }
        }

        await ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    // Null at the end mark: a block of zeros, of which there are two.
    private async ValueTask<ArchiveReaderHeader?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        await ReadBlocksAsync(_block, cancellationToken).ConfigureAwait(false);
        if (_block.AsSpan().ContainsAnyExcept((byte)0))
        {
            return ++_entries > _limits.Entries
                ? throw ArchiveRefusedException.Unbounded($"it has more than {_limits.Entries} entries")
                : ArchiveReaderHeader.Parse(_block);
        }

        await ReadBlocksAsync(_block, cancellationToken).ConfigureAwait(false);
        return _block.AsSpan().ContainsAnyExcept((byte)0) ? throw ArchiveRefusedException.Damaged("its end mark is half a mark") : null;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadContentAsync(int size, CancellationToken cancellationToken)
    {
        var padded = (size + ArchiveReaderHeader.BlockLength - 1) / ArchiveReaderHeader.BlockLength * ArchiveReaderHeader.BlockLength;
        if (_buffer.Length < padded)
        {
            _buffer = new byte[Math.Max(padded, Math.Min(_buffer.Length * 2, _limits.EntryBytes))];
        }

        await ReadBlocksAsync(_buffer.AsMemory(0, padded), cancellationToken).ConfigureAwait(false);
        return _buffer.AsMemory(0, size);
    }

    private async ValueTask ReadBlocksAsync(Memory<byte> blocks, CancellationToken cancellationToken)
    {
        Count(blocks.Length);
        await _content.ReadExactlyAsync(blocks, cancellationToken).ConfigureAwait(false);
    }

    // Tars are padded with zeros to whole records; gzip's checksum and the end of the message beneath are verified on the way.
    private async ValueTask ReadToEndAsync(CancellationToken cancellationToken)
    {
        int count;
        while ((count = await _content.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            Count(count);
            if (_buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                throw ArchiveRefusedException.Damaged("something follows its end mark");
            }
        }

        // What an encrypted input verifies at its end, it verifies when it is read to there.
        while ((count = await _input.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
        }

        if (_input.StatedLength != unchecked((uint)_total))
        {
            throw ArchiveRefusedException.Damaged("its gzip stream is cut, or something follows it");
        }

        _ended = true;
    }

    private void Count(int bytes)
    {
        _total += bytes;
        if (_total > _limits.TotalBytes)
        {
            throw ArchiveRefusedException.Unbounded($"it unpacks to more than {_limits.TotalBytes} bytes");
        }
    }

    private static void CheckSize(long size, long limit, string what)
    {
        if (size > limit)
        {
            throw ArchiveRefusedException.Unbounded($"{what} has {size} bytes; {limit} are the most");
        }
    }
}
