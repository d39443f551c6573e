using System.Buffers.Binary;

namespace Aeos.Encryption.Messages;

/// <summary>Reads a framed body: frames 1, 2, 3 …, all of the header's length, then one final frame of at most that.</summary>
internal sealed class FramedBodyReader(MessageCipher cipher, int frameLength, uint firstSequenceNumber = 1)
    : BodyReader(cipher, new InputBuffer(Math.Max(frameLength + Slack, MinBufferLength)))
{
    // Holds the longest frame and a byte behind it, which must not come; the rest saves reads when frames are short.
    private const int Slack = 64;
    private const int MinBufferLength = 32 * 1024;

    private uint _nextSequenceNumber = firstSequenceNumber;

    protected override bool TryLocate(out LocatedFrame frame)
    {
        frame = default;
        if (!Has(4))
        {
            return false;
        }

        var marker = BinaryPrimitives.ReadUInt32BigEndian(Input.Available);
        return marker == FrameLayout.FinalMarker ? TryLocateFinal(out frame) : TryLocateRegular(marker, out frame);
    }

    private bool TryLocateRegular(uint sequenceNumber, out LocatedFrame frame)
    {
        frame = new LocatedFrame(FrameKind.Regular, sequenceNumber, FrameLayout.RegularPrefixLength, frameLength);
        CheckSequence(sequenceNumber);
        if (!Has(frame.Length))
        {
            return false;
        }

        CheckIv(Input.Available.Slice(4, MessageCipher.IvLength), sequenceNumber);

        // Cannot pass the last number: no regular frame has it, it would read as the final frame's marker.
        _nextSequenceNumber++;
        return true;
    }

    private bool TryLocateFinal(out LocatedFrame frame)
    {
        frame = default;
        if (!Has(FrameLayout.FinalPrefixLength))
        {
            return false;
        }

        var prefix = Input.Available[..FrameLayout.FinalPrefixLength];
        var sequenceNumber = BinaryPrimitives.ReadUInt32BigEndian(prefix[4..]);
        CheckSequence(sequenceNumber);
        CheckIv(prefix.Slice(8, MessageCipher.IvLength), sequenceNumber);
        var contentLength = BinaryPrimitives.ReadUInt32BigEndian(prefix[20..]);
        if (contentLength > (uint)frameLength)
        {
            throw Refusal.Malformed("its final frame is longer than its frames may be");
        }

        frame = new LocatedFrame(FrameKind.Final, sequenceNumber, FrameLayout.FinalPrefixLength, (int)contentLength);
        return Has(frame.Length) && EndsAfter(frame.Length);
    }

    private void CheckSequence(uint found)
    {
        if (found != _nextSequenceNumber)
        {
            throw Refusal.OutOfSequence(_nextSequenceNumber, found);
        }
    }

    private static void CheckIv(ReadOnlySpan<byte> found, uint sequenceNumber)
    {
        Span<byte> expected = stackalloc byte[MessageCipher.IvLength];
        MessageCipher.WriteIv(expected, sequenceNumber);
        if (!found.SequenceEqual(expected))
        {
            throw Refusal.Malformed($"frame {sequenceNumber} has another IV than its number gives it");
        }
    }
}
