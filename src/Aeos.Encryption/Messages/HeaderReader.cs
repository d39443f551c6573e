using System.Buffers;
using System.Buffers.Binary;

namespace Aeos.Encryption.Messages;

/// <summary>
/// Reads a header and not a byte more. Lengths are checked against the bounds before anything is allocated for them; the
/// buffer grows with the bytes that come, not with what they claim.
/// </summary>
internal sealed class HeaderReader(Stream input) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _length;

    public async ValueTask<MessageHeader> ReadAsync(bool acceptSigned, CancellationToken cancellationToken)
    {
        var suiteId = await ReadVersionAndSuiteAsync(acceptSigned, cancellationToken).ConfigureAwait(false);

        await TakeAsync(HeaderLayout.MessageIdLength + 2, cancellationToken).ConfigureAwait(false);
        var contextEnd = _length + LastUInt16();
        var serializedContext = _length..contextEnd;
        await TakeAsync(LastUInt16() + 2, cancellationToken).ConfigureAwait(false);
        var context = EncryptionContext.Parse(_buffer.AsSpan(serializedContext));

        var entries = await ReadDataKeysAsync(LastUInt16(), cancellationToken).ConfigureAwait(false);
        var suffixStart = _length;
        await TakeAsync(HeaderLayout.SuffixLength, cancellationToken).ConfigureAwait(false);
        var frameLength = CheckedFrameLength(_buffer[suffixStart], BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(suffixStart + 1)));

        var bytes = _buffer.AsSpan(0, _length).ToArray();
        var dataKeys = Array.ConvertAll(
            entries, e => new EncryptedDataKey(bytes.AsMemory(e.ProviderId), bytes.AsMemory(e.ProviderInfo), bytes.AsMemory(e.Ciphertext)));
        return new MessageHeader(bytes, suiteId, context, serializedContext, dataKeys, frameLength);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask<int> ReadVersionAndSuiteAsync(bool acceptSigned, CancellationToken cancellationToken)
    {
        _length = await input.ReadAtLeastAsync(
            _buffer.AsMemory(0, HeaderLayout.PrefixLength), HeaderLayout.PrefixLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (_length == 0 || _buffer[0] is not (1 or HeaderLayout.Version))
        {
            throw await NotAMessageAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_length < HeaderLayout.PrefixLength)
        {
            throw Refusal.Truncated();
        }

        if (_buffer[0] == 1)
        {
            // Version 1 has its type, always 80, between the version and the suite.
            if (_buffer[1] != 0x80)
            {
                throw await NotAMessageAsync(cancellationToken).ConfigureAwait(false);
            }

            await TakeAsync(1, cancellationToken).ConfigureAwait(false);
            throw Refusal.OtherSuite("1", LastUInt16());
        }

        int suiteId = LastUInt16();
        return suiteId == AlgorithmSuite.Committing || (acceptSigned && suiteId == AlgorithmSuite.CommittingSigned)
            ? suiteId
            : throw Refusal.OtherSuite("2", suiteId);
    }

    // A few bytes more tell what it is instead.
    private async ValueTask<MessageRefusedException> NotAMessageAsync(CancellationToken cancellationToken)
    {
        var more = await input.ReadAtLeastAsync(_buffer.AsMemory(_length, 32), 32, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Refusal.NotAMessage(_buffer.AsSpan(0, _length + more));
    }

    private async ValueTask<(Range ProviderId, Range ProviderInfo, Range Ciphertext)[]> ReadDataKeysAsync(int count, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            throw Refusal.Malformed("it holds no data key");
        }

        if (count > MessageLimits.DataKeys)
        {
            throw Refusal.OutOfBounds(
                $"its header holds {count} data keys; {MessageLimits.DataKeys} are allowed", "Decrypt it with an AWS Encryption SDK, or have it written for fewer keys.");
        }

        var entries = new (Range ProviderId, Range ProviderInfo, Range Ciphertext)[count];
        for (var i = 0; i < count; i++)
        {
            entries[i].ProviderId = await ReadFieldAsync(cancellationToken).ConfigureAwait(false);
            entries[i].ProviderInfo = await ReadFieldAsync(cancellationToken).ConfigureAwait(false);
            entries[i].Ciphertext = await ReadFieldAsync(cancellationToken).ConfigureAwait(false);
        }

        return entries;
    }

    private async ValueTask<Range> ReadFieldAsync(CancellationToken cancellationToken)
    {
        await TakeAsync(2, cancellationToken).ConfigureAwait(false);
        var start = _length;
        await TakeAsync(LastUInt16(), cancellationToken).ConfigureAwait(false);
        return start.._length;
    }

    private static int CheckedFrameLength(byte contentType, uint frameLength) => contentType switch
    {
        HeaderLayout.NonFramed => frameLength == 0 ? 0 : throw Refusal.Malformed("its body is not framed and yet has a frame length"),
        HeaderLayout.Framed => frameLength switch
        {
            0 => throw Refusal.Malformed("its frames have no length"),
            <= MessageLimits.FrameLength => (int)frameLength,
            _ => throw Refusal.OutOfBounds(
                $"its frames have {frameLength} bytes; {MessageLimits.FrameLength} are allowed",
                "Decrypt it with an AWS Encryption SDK, or have it written with shorter frames."),
        },
        _ => throw Refusal.Malformed($"its content type is {contentType}, neither framed nor not framed"),
    };

    private int LastUInt16() => BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_length - 2));

    private async ValueTask TakeAsync(int count, CancellationToken cancellationToken)
    {
        var end = _length + count;
        if (end > MessageLimits.HeaderLength)
        {
            throw Refusal.OutOfBounds(
                $"its header is longer than {MessageLimits.HeaderLength} bytes", "Decrypt it with an AWS Encryption SDK, or have it written with a smaller context.");
        }

        while (_length < end)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            var read = await input.ReadAsync(_buffer.AsMemory(_length, Math.Min(end, _buffer.Length) - _length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw Refusal.Truncated();
            }

            _length += read;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
