namespace Aeos.Encryption.Messages;

/// <summary>
/// A read-only stream over a message's verified plaintext. A frame is handed out when its tag is right and, for the last one,
/// when the input ended behind it. A failure sticks: every later read throws it again. Holds one frame.
/// </summary>
public sealed class DecryptingStream : Stream
{
    private DecryptingStream() => throw new NotImplementedException();

    /// <summary>The verified header.</summary>
    public MessageHeader Header => throw new NotImplementedException();

    /// <summary>Reads and verifies the header, and checks that it carries what is required.</summary>
    /// <param name="input">Begins with the message and ends with it. Taken over: disposed with the stream, and when opening fails.</param>
    /// <param name="keyring">Every key of it is tried that the header names. Not taken over.</param>
    /// <param name="requiredContext">Pairs that the message must carry, compared byte for byte; others may be there too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="MessageRefusedException">A rule was broken, no key at hand opens it, or the context is another.</exception>
    public static ValueTask<DecryptingStream> OpenAsync(
        Stream input, Keys.Keyring keyring, EncryptionContext requiredContext, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
