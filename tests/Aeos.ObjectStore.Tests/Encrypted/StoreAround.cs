namespace Aeos.ObjectStore.Tests.Encrypted;

/// <summary>A store around a real one, for what a folder cannot do: URLs, and connections that break.</summary>
internal sealed class StoreAround(IObjectStore inner) : IObjectStore
{
    /// <summary>Where to break off the reading of an object, in bytes; null for never.</summary>
    public int? BreakReadsAt { get; set; }

    /// <summary>Where to break off the writing of an object, in bytes; null for never.</summary>
    public int? BreakWritesAt { get; set; }

    public async ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        var writer = await inner.CreateAsync(key, cancellationToken);
        return BreakWritesAt is { } length ? new BreakingWriter(writer, length) : writer;
    }

    public async ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        var stream = await inner.OpenReadAsync(key, cancellationToken);
        return BreakReadsAt is { } length ? new BreakingStream(stream, length) : stream;
    }

    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken) => inner.ExistsAsync(key, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public IAsyncEnumerable<string> ListCommonPrefixesAsync(string prefix, string delimiter, CancellationToken cancellationToken) =>
        inner.ListCommonPrefixesAsync(prefix, delimiter, cancellationToken);

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    public ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) =>
        new(new Uri($"https://store.invalid/{Uri.EscapeDataString(key)}?signature=x"));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class BreakingStream(Stream inner, int left) : ForwardReadStream
    {
        private int _left = left;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0)
            {
                throw new ObjectStoreException("the connection broke", "Try again.");
            }

            var count = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class BreakingWriter(ObjectWriter inner, int left) : CommitOnceWriter
    {
        private int _left = left;

        protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
        {
            _left -= buffer.Length;
            return _left < 0 ? throw new ObjectStoreException("the connection broke", "Try again.") : inner.WriteAsync(buffer, cancellationToken);
        }

        protected override ValueTask CommitCoreAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

        protected override ValueTask DisposeCoreAsync(bool committed) => inner.DisposeAsync();
    }
}
