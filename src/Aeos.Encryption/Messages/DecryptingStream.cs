using System.Runtime.ExceptionServices;
using Aeos.Encryption.Keys;

namespace Aeos.Encryption.Messages;

/// <summary>
/// A read-only stream over a message's verified plaintext. A frame is handed out when its tag is right and, for the last one,
/// when the input ended behind it. A failure sticks: every later read throws it again. Holds one frame. One reader at a time.
/// </summary>
public sealed class DecryptingStream : Stream
{
    private readonly Stream _input;
    private readonly BodyReader _body;
    private ExceptionDispatchInfo? _failure;
    private bool _disposed;

    private DecryptingStream(Stream input, MessageHeader header, BodyReader body)
    {
        _input = input;
        _body = body;
        Header = header;
    }

    /// <summary>The verified header.</summary>
    public MessageHeader Header { get; }

    /// <summary>Reads and verifies the header, and checks that it carries what is required.</summary>
    /// <param name="input">Begins with the message and ends with it. Taken over: disposed with the stream, and when opening fails.</param>
    /// <param name="keyring">Every key of it is tried that the header names. Not taken over.</param>
    /// <param name="requiredContext">Pairs that the message must carry, compared byte for byte; others may be there too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="MessageRefusedException">A rule was broken, no key at hand opens it, or the context is another.</exception>
    public static async ValueTask<DecryptingStream> OpenAsync(
        Stream input, Keyring keyring, EncryptionContext requiredContext, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keyring);
        ArgumentNullException.ThrowIfNull(requiredContext);
        try
        {
            using var reader = new HeaderReader(input);
            var header = await reader.ReadAsync(acceptSigned: false, cancellationToken).ConfigureAwait(false);
            var cipher = HeaderOpener.Open(header, keyring, requiredContext);
            BodyReader body = header.FrameLength == 0 ? new NonFramedBodyReader(cipher) : new FramedBodyReader(cipher, header.FrameLength);
            return new DecryptingStream(input, header, body);
        }
        catch
        {
            await input.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override bool CanRead => !_disposed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ThrowIfUnusable();
        if (buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            int count;
            while (!_body.TryRead(buffer, out count))
            {
                _body.Input.Received(_input.Read(_body.Input.Space().Span));
            }

            return count;
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable();
        if (buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            int count;
            while (!_body.TryRead(buffer.Span, out count))
            {
                _body.Input.Received(await _input.ReadAsync(_body.Input.Space(), cancellationToken).ConfigureAwait(false));
            }

            return count;
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override void CopyTo(Stream destination, int bufferSize)
    {
        ValidateCopyToArguments(destination, bufferSize);
        while (true)
        {
            var content = Take();
            if (content.IsEmpty)
            {
                return;
            }

            destination.Write(content.Span);
        }
    }

    /// <inheritdoc/>
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ValidateCopyToArguments(destination, bufferSize);
        while (true)
        {
            var content = await TakeAsync(cancellationToken).ConfigureAwait(false);
            if (content.IsEmpty)
            {
                return;
            }

            await destination.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _body.Dispose();
            await _input.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _body.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private ReadOnlyMemory<byte> Take()
    {
        ThrowIfUnusable();
        try
        {
            ReadOnlyMemory<byte> content;
            while (!_body.TryTake(out content))
            {
                _body.Input.Received(_input.Read(_body.Input.Space().Span));
            }

            return content;
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> TakeAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnusable();
        try
        {
            ReadOnlyMemory<byte> content;
            while (!_body.TryTake(out content))
            {
                _body.Input.Received(await _input.ReadAsync(_body.Input.Space(), cancellationToken).ConfigureAwait(false));
            }

            return content;
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _failure?.Throw();
    }

    private void Fail(Exception e) => _failure = ExceptionDispatchInfo.Capture(e);
}
