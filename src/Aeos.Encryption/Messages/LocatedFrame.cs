namespace Aeos.Encryption.Messages;

/// <summary>A sealed frame that lies whole at the front of the input buffer.</summary>
internal readonly record struct LocatedFrame(FrameKind Kind, uint SequenceNumber, int ContentOffset, int ContentLength)
{
    public int Length => ContentOffset + ContentLength + MessageCipher.TagLength;
}
