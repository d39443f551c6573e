namespace Aeos.Encryption.Messages;

/// <summary>What a message's header says. Verified only when it comes from a <see cref="DecryptingStream"/>.</summary>
public sealed class MessageHeader
{
    /// <summary>The algorithm suite's number, 0x0478 for a message that can be read.</summary>
    public int SuiteId => throw new NotImplementedException();

    /// <summary>32 bytes, unique to the message.</summary>
    public ReadOnlyMemory<byte> MessageId => throw new NotImplementedException();

    /// <summary>The encryption context as the header has it.</summary>
    public EncryptionContext Context => throw new NotImplementedException();

    /// <summary>Namespace and name of each key that the data key was wrapped with.</summary>
    public IReadOnlyList<(string Namespace, string Name)> Recipients => throw new NotImplementedException();

    /// <summary>Bytes of plaintext a frame, 1 to 16 MiB; 0 for a body that is not framed.</summary>
    public int FrameLength => throw new NotImplementedException();

    /// <summary>Reads a header without a key, leaving the input behind it. Nothing is verified.</summary>
    /// <exception cref="MessageRefusedException">Not a message, or one outside the bounds.</exception>
    public static ValueTask<MessageHeader> ReadUnverifiedAsync(Stream input, CancellationToken cancellationToken) => throw new NotImplementedException();
}
