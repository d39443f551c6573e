namespace Aeos.Encryption.Messages;

/// <summary>The bounds that the reader keeps before it allocates, and the writer so that its messages can be read.</summary>
internal static class MessageLimits
{
    /// <summary>Bytes of a header with its tag: 128 KiB. The format alone would allow more than 4 GiB.</summary>
    public const int HeaderLength = 128 * 1024;

    /// <summary>Wrapped data keys in a header.</summary>
    public const int DataKeys = Keys.Keyring.MaxEncryptionKeys;

    /// <summary>Bytes of plaintext a frame: 16 MiB.</summary>
    public const int FrameLength = 16 * 1024 * 1024;

    /// <summary>Bytes of a body that is not framed, and so is held in memory: 16 MiB.</summary>
    public const int NonFramedLength = 16 * 1024 * 1024;

    /// <summary>The last sequence number that a frame may have; only the final frame may have it, since it also marks that frame.</summary>
    public const uint LastSequenceNumber = uint.MaxValue;
}
