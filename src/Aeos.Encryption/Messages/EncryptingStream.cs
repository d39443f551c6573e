using System.Runtime.ExceptionServices;
using Aeos.Encryption.Keys;

namespace Aeos.Encryption.Messages;

/// <summary>
/// A write-only stream that writes one message (AWS Encryption SDK message format version 2, suite 0x0478, framed). The header
/// goes out with the first byte or with <see cref="CompleteAsync"/>; only <see cref="CompleteAsync"/> ends the message: disposing without it leaves
/// one that no reader accepts. Holds one frame. A failure sticks, since the output may then lack bytes. One writer at a time.
/// </summary>
public sealed class EncryptingStream : Stream
{
    /// <summary>Bytes of plaintext in a frame, unless asked otherwise: 64 KiB.</summary>
    public const int DefaultFrameLength = 64 * 1024;

    private readonly Stream _output;
    private readonly FramedBodyWriter _body;
    private byte[]? _header;
    private ExceptionDispatchInfo? _failure;
    private bool _completed;
    private bool _disposed;

    /// <summary>A stream that encrypts for all of the keyring's encryption keys.</summary>
    /// <param name="output">Takes the message; left open.</param>
    /// <param name="keyring">Not taken over.</param>
    /// <param name="context">Authenticated and readable by anybody.</param>
    /// <param name="frameLength">Bytes, 1 to 16 MiB.</param>
    /// <exception cref="KeyRefusedException">The keyring has no key to encrypt with.</exception>
    /// <exception cref="AeosException">Context and key names make a header longer than 128 KiB.</exception>
    public EncryptingStream(Stream output, Keyring keyring, EncryptionContext context, int frameLength = DefaultFrameLength)
        : this(output, keyring, context, frameLength, firstSequenceNumber: 1)
    {
    }

    // The limit on frames takes terabytes to reach: tests begin near it.
    internal EncryptingStream(Stream output, Keyring keyring, EncryptionContext context, int frameLength, uint firstSequenceNumber)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(keyring);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frameLength, MessageLimits.FrameLength);
        if (keyring.EncryptionKeys.Count == 0)
        {
            throw new KeyRefusedException("There is no key to encrypt with: the keys at hand are for reading only", "Give an encryption key.");
        }

        _output = output;
        (_header, var cipher) = HeaderWriter.Create(keyring, context, frameLength);
        _body = new FramedBodyWriter(cipher, frameLength, firstSequenceNumber);
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => !_disposed && !_completed;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Writes the final frame and flushes the output. The stream takes no more bytes.</summary>
    /// <exception cref="InvalidOperationException">The message is complete already.</exception>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnusable();
        try
        {
            await WriteHeaderAsync(cancellationToken).ConfigureAwait(false);
            await _output.WriteAsync(_body.SealFinal(), cancellationToken).ConfigureAwait(false);
            _completed = true;
            await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfUnusable();
        if (buffer.IsEmpty)
        {
            return;
        }

        try
        {
            WriteHeader();
            while (!buffer.IsEmpty)
            {
                if (TakeFrame(ref buffer, out var frame))
                {
                    _output.Write(frame.Span);
                }
            }
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write(new ReadOnlySpan<byte>(in value));

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable();
        if (buffer.IsEmpty)
        {
            return;
        }

        try
        {
            await WriteHeaderAsync(cancellationToken).ConfigureAwait(false);
            while (!buffer.IsEmpty)
            {
                if (TakeFrame(ref buffer, out var frame))
                {
                    await _output.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>Flushes the output. What a frame has collected stays: a frame cannot be sent in part.</summary>
    public override void Flush() => _output.Flush();

    /// <summary>Flushes the output. What a frame has collected stays: a frame cannot be sent in part.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _body.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool TakeFrame(ref ReadOnlyMemory<byte> content, out ReadOnlyMemory<byte> frame)
    {
        var rest = content.Span;
        var sealedOne = TakeFrame(ref rest, out frame);
        content = content[^rest.Length..];
        return sealedOne;
    }

    // Takes what it can of the content; says whether that made a frame that is to be written before the next call.
    private bool TakeFrame(ref ReadOnlySpan<byte> content, out ReadOnlyMemory<byte> frame)
    {
        if (_body.IsFull)
        {
            frame = _body.SealRegular();
            return true;
        }

        if (_body.CanSealDirectly(content.Length))
        {
            frame = _body.SealRegularFrom(ref content);
            return true;
        }

        content = content[_body.Append(content)..];
        frame = default;
        return false;
    }

    private void WriteHeader()
    {
        if (_header is { } header)
        {
            _header = null;
            _output.Write(header);
        }
    }

    private async ValueTask WriteHeaderAsync(CancellationToken cancellationToken)
    {
        if (_header is { } header)
        {
            _header = null;
            await _output.WriteAsync(header, cancellationToken).ConfigureAwait(false);
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _failure?.Throw();
        if (_completed)
        {
            throw new InvalidOperationException("The message is complete: it takes no more bytes.");
        }
    }

    private void Fail(Exception e) => _failure = ExceptionDispatchInfo.Capture(e);
}
