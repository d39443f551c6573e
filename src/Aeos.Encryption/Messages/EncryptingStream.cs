namespace Aeos.Encryption.Messages;

/// <summary>
/// A write-only stream that writes one message (AWS Encryption SDK message format version 2, suite 0x0478, framed). The header
/// goes out with the first byte or with <see cref="CompleteAsync"/>; only <see cref="CompleteAsync"/> ends the message: disposing without it leaves
/// one that no reader accepts. Holds one frame.
/// </summary>
public sealed class EncryptingStream : Stream
{
    /// <summary>Bytes of plaintext in a frame, unless asked otherwise: 64 KiB.</summary>
    public const int DefaultFrameLength = 64 * 1024;

    /// <summary>A stream that encrypts for all of the keyring's encryption keys.</summary>
    /// <param name="output">Takes the message; left open.</param>
    /// <param name="keyring">Not taken over.</param>
    /// <param name="context">Authenticated and readable by anybody.</param>
    /// <param name="frameLength">Bytes, 1 to 16 MiB.</param>
    /// <exception cref="KeyRefusedException">The keyring has no key to encrypt with.</exception>
    public EncryptingStream(Stream output, Keys.Keyring keyring, EncryptionContext context, int frameLength = DefaultFrameLength) => throw new NotImplementedException();

    /// <summary>Writes the final frame and flushes the output. The stream takes no more bytes.</summary>
    public ValueTask CompleteAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush() => throw new NotImplementedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotImplementedException();
}
