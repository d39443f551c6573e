using System.Buffers.Binary;

namespace Aeos.Encryption.Messages;

/// <summary>Reads a body that is not framed (message-body.md, "Non-Framed Data"): foreign clients write them. Held whole, up to 16 MiB.</summary>
internal sealed class NonFramedBodyReader(MessageCipher cipher) : BodyReader(cipher, new InputBuffer(MinBufferLength))
{
    private const int PrefixLength = MessageCipher.IvLength + 8;
    private const int MinBufferLength = 4096;

    private int _capacity = MinBufferLength;

    protected override bool TryLocate(out LocatedFrame frame)
    {
        frame = default;
        if (!Has(PrefixLength))
        {
            return false;
        }

        var prefix = Input.Available[..PrefixLength];
        Span<byte> iv = stackalloc byte[MessageCipher.IvLength];
        MessageCipher.WriteIv(iv, 1);
        if (!prefix[..MessageCipher.IvLength].SequenceEqual(iv))
        {
            throw Refusal.Malformed("its body has another IV than the format gives it");
        }

        var contentLength = BinaryPrimitives.ReadUInt64BigEndian(prefix[MessageCipher.IvLength..]);
        if (contentLength > MessageLimits.NonFramedLength)
        {
            throw Refusal.OutOfBounds(
                $"its body of {contentLength} bytes is not framed; {MessageLimits.NonFramedLength} are allowed",
                "Decrypt it with an AWS Encryption SDK, or have it written in frames.");
        }

        frame = new LocatedFrame(FrameKind.SingleBlock, 1, PrefixLength, (int)contentLength);
        MakeRoomFor(frame.Length + 1);
        return Has(frame.Length) && EndsAfter(frame.Length);
    }

    private void MakeRoomFor(int length)
    {
        if (length > _capacity)
        {
            Input.Grow(length);
            _capacity = length;
        }
    }
}
