using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Aeos.Encryption.Messages;

/// <summary>
/// Collects plaintext into frames and seals them in place. Knows nothing of where they go. A frame is sealed as a regular one only
/// when a byte more has come, so that the final frame is never empty unless the message is.
/// </summary>
internal sealed class FramedBodyWriter : IDisposable
{
    private readonly MessageCipher _cipher;
    private readonly int _frameLength;
    private readonly byte[] _buffer;
    private int _contentLength;
    private uint _sequenceNumber;

    public FramedBodyWriter(MessageCipher cipher, int frameLength, uint firstSequenceNumber)
    {
        _cipher = cipher;
        _frameLength = frameLength;
        _sequenceNumber = firstSequenceNumber;
        _buffer = ArrayPool<byte>.Shared.Rent(FrameLayout.FinalPrefixLength + frameLength + MessageCipher.TagLength);
    }

    /// <summary>The frame holds all it can: it must be sealed before the next byte is taken.</summary>
    public bool IsFull => _contentLength == _frameLength;

    /// <summary>Takes what fits the frame, and says how much.</summary>
    public int Append(ReadOnlySpan<byte> content)
    {
        var count = Math.Min(content.Length, _frameLength - _contentLength);
        content[..count].CopyTo(_buffer.AsSpan(FrameLayout.FinalPrefixLength + _contentLength));
        _contentLength += count;
        return count;
    }

    /// <summary>Whether the content fills a frame and more while nothing is collected: then <see cref="SealRegularFrom"/> spares a copy.</summary>
    public bool CanSealDirectly(int contentLength) => _contentLength == 0 && contentLength > _frameLength;

    /// <summary>Seals what was collected. The bytes are good until the next call.</summary>
    public ReadOnlyMemory<byte> SealRegular()
    {
        _contentLength = 0;
        return SealRegular(Content(_frameLength));
    }

    /// <summary>Seals the beginning of the content, a frame's length, and leaves the rest.</summary>
    public ReadOnlyMemory<byte> SealRegularFrom(ref ReadOnlySpan<byte> content)
    {
        var frame = SealRegular(content[.._frameLength]);
        content = content[_frameLength..];
        return frame;
    }

    /// <summary>Seals what was collected as the final frame.</summary>
    public ReadOnlyMemory<byte> SealFinal()
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer, FrameLayout.FinalMarker);
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(4), _sequenceNumber);
        MessageCipher.WriteIv(_buffer.AsSpan(8, MessageCipher.IvLength), _sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(20), (uint)_contentLength);
        _cipher.Seal(FrameKind.Final, _sequenceNumber, Content(_contentLength), Content(_contentLength), Tag(_contentLength));
        return _buffer.AsMemory(0, FrameLayout.FinalPrefixLength + _contentLength + MessageCipher.TagLength);
    }

    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_buffer);
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private ReadOnlyMemory<byte> SealRegular(ReadOnlySpan<byte> content)
    {
        // The final frame needs a number too, and the last number is its marker.
        if (_sequenceNumber == MessageLimits.LastSequenceNumber)
        {
            throw new AeosException(
                $"The message has {MessageLimits.LastSequenceNumber} frames of {_frameLength} bytes, the most that the format allows",
                "Split the object, or use longer frames.");
        }

        // A shorter prefix than the final frame's: it begins further in, so that the content stands in the same place.
        const int start = FrameLayout.FinalPrefixLength - FrameLayout.RegularPrefixLength;
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(start), _sequenceNumber);
        MessageCipher.WriteIv(_buffer.AsSpan(start + 4, MessageCipher.IvLength), _sequenceNumber);
        _cipher.Seal(FrameKind.Regular, _sequenceNumber, content, Content(_frameLength), Tag(_frameLength));
        _sequenceNumber++;
        return _buffer.AsMemory(start, FrameLayout.RegularPrefixLength + _frameLength + MessageCipher.TagLength);
    }

    private Span<byte> Content(int length) => _buffer.AsSpan(FrameLayout.FinalPrefixLength, length);

    private Span<byte> Tag(int contentLength) => _buffer.AsSpan(FrameLayout.FinalPrefixLength + contentLength, MessageCipher.TagLength);
}
