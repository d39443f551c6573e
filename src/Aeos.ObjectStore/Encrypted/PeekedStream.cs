namespace Aeos.ObjectStore.Encrypted;

/// <summary>A stream whose first bytes were looked at and come out again.</summary>
internal sealed class PeekedStream : ForwardReadStream
{
    private readonly Stream _inner;
    private readonly byte[] _peeked;
    private readonly int _length;
    private int _given;

    private PeekedStream(Stream inner, byte[] peeked, int length)
    {
        _inner = inner;
        _peeked = peeked;
        _length = length;
    }

    /// <summary>The first bytes: fewer than asked for when the stream has no more.</summary>
    public ReadOnlySpan<byte> Peeked => _peeked.AsSpan(0, _length);

    /// <summary>Looks at the first bytes.</summary>
    /// <param name="inner">Taken over, also when this fails.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<PeekedStream> OpenAsync(Stream inner, int count, CancellationToken cancellationToken)
    {
        try
        {
            var peeked = new byte[count];
            var length = await inner.ReadAtLeastAsync(peeked, count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return new PeekedStream(inner, peeked, length);
        }
        catch
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given == _length)
        {
            return _inner.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(buffer.Length, _length - _given);
        _peeked.AsSpan(_given, count).CopyTo(buffer.Span);
        _given += count;
        return new(count);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
