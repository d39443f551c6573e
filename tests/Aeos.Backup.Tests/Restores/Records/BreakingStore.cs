using Aeos.ObjectStore;

namespace Aeos.Backup.Tests.Restores.Records;

/// <summary>A store that refuses to commit some objects, and to take their content beyond so many bytes.</summary>
internal sealed class BreakingStore(IObjectStore inner, Func<string, bool> refuses, int takes = int.MaxValue) : IObjectStore
{
    public async ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        var writer = await inner.CreateAsync(key, cancellationToken);
        return refuses(key) ? new Writer(writer, takes) : writer;
    }

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) => inner.OpenReadAsync(key, cancellationToken);

    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken) => inner.ExistsAsync(key, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public IAsyncEnumerable<string> ListCommonPrefixesAsync(string prefix, string delimiter, CancellationToken cancellationToken) =>
        inner.ListCommonPrefixesAsync(prefix, delimiter, cancellationToken);

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    public ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) => inner.CreateSignedUrlAsync(key, lifetime, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Writer(ObjectWriter inner, int takes) : ObjectWriter
    {
        private int _left = takes;
        private bool _failed;

        public override ValueTask CommitAsync(CancellationToken cancellationToken) => throw Fail();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            (_left -= buffer.Length) < 0 ? throw Fail() : inner.WriteAsync(buffer, cancellationToken);

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }

        // As the real writers: only the first failure has its reason.
        private Exception Fail()
        {
            var isFirst = !_failed;
            _failed = true;
            return isFirst ? new ObjectStoreException("the bucket is full", "Make room.") : new InvalidOperationException("An earlier write failed.");
        }
    }
}
