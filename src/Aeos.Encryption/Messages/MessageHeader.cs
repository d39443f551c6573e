namespace Aeos.Encryption.Messages;

/// <summary>
/// What a message's header says, as it stands there: text is not escaped (<see cref="Printable"/> does that for printing). Verified only
/// when it comes from a <see cref="DecryptingStream"/>.
/// </summary>
public sealed class MessageHeader
{
    internal MessageHeader(byte[] bytes, int suiteId, EncryptionContext context, Range serializedContext, EncryptedDataKey[] dataKeys, int frameLength)
    {
        Bytes = bytes;
        SuiteId = suiteId;
        Context = context;
        SerializedContext = bytes.AsMemory(serializedContext);
        DataKeys = dataKeys;
        Recipients = Array.ConvertAll(dataKeys, static entry => entry.Recipient);
        FrameLength = frameLength;
    }

    /// <summary>The algorithm suite's number, 0x0478 for a message that can be read.</summary>
    public int SuiteId { get; }

    /// <summary>The algorithm suite's name in the AWS Encryption SDK's specification, without its prefix <c>ALG_</c>.</summary>
    public string SuiteName => AlgorithmSuite.NameOf(SuiteId);

    /// <summary>32 bytes, unique to the message.</summary>
    public ReadOnlyMemory<byte> MessageId => Bytes.AsMemory(HeaderLayout.MessageId);

    /// <summary>The encryption context as the header has it.</summary>
    public EncryptionContext Context { get; }

    /// <summary>Namespace and name of each key that the data key was wrapped with.</summary>
    public IReadOnlyList<(string Namespace, string Name)> Recipients { get; }

    /// <summary>Bytes of plaintext a frame, 1 to 16 MiB; 0 for a body that is not framed.</summary>
    public int FrameLength { get; }

    /// <summary>Bytes of the header, its authentication tag included: the body begins there.</summary>
    public int Length => Bytes.Length;

    internal byte[] Bytes { get; }

    internal IReadOnlyList<EncryptedDataKey> DataKeys { get; }

    /// <summary>The context's bytes as they came: they are what the data keys are bound to.</summary>
    internal ReadOnlyMemory<byte> SerializedContext { get; }

    internal ReadOnlySpan<byte> Body => Bytes.AsSpan(..^MessageCipher.TagLength);

    internal ReadOnlySpan<byte> Commitment => Body[^AlgorithmSuite.CommitmentLength..];

    internal ReadOnlySpan<byte> Tag => Bytes.AsSpan(^MessageCipher.TagLength..);

    /// <summary>
    /// Reads a header without a key, leaving the input behind it. Nothing is verified. Takes the signed suite 0x0578 too, which
    /// <see cref="DecryptingStream"/> refuses: its header tells which keys it is for.
    /// </summary>
    /// <exception cref="MessageRefusedException">Not a message, or one outside the bounds.</exception>
    public static async ValueTask<MessageHeader> ReadUnverifiedAsync(Stream input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var reader = new HeaderReader(input);
        return await reader.ReadAsync(acceptSigned: true, cancellationToken).ConfigureAwait(false);
    }
}
