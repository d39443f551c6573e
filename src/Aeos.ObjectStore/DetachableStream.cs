namespace Aeos.ObjectStore;

/// <summary>
/// Passes writes on to a stream that it does not own, until it is detached; then it drops them. For what insists on writing an end when it is disposed of, though
/// nobody will read it: compressors do, and the store beneath may hang.
/// </summary>
/// <param name="inner">Takes the writes; left open.</param>
public sealed class DetachableStream(Stream inner) : Stream
{
    private volatile bool _detached;

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

    /// <summary>Drops what is written from now on.</summary>
    public void Detach() => _detached = true;

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        => _detached ? ValueTask.CompletedTask : inner.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!_detached)
        {
            inner.Write(buffer, offset, count);
        }
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _detached ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush()
    {
        if (!_detached)
        {
            inner.Flush();
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
