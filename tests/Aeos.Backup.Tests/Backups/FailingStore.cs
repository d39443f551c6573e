using Aeos.ObjectStore;

namespace Aeos.Backup.Tests.Backups;

/// <summary>A store whose commits fail for some keys, after or instead of the real one.</summary>
/// <param name="inner">The real store.</param>
/// <param name="fails">Which keys.</param>
/// <param name="commitsFirst">Whether the object is there all the same, as when only the answer is lost.</param>
internal sealed class FailingStore(IObjectStore inner, Func<string, bool> fails, bool commitsFirst = false) : IObjectStore
{
    public async ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        var writer = await inner.CreateAsync(key, cancellationToken);
        return fails(key) ? new Writer(writer, commitsFirst) : writer;
    }

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) => inner.OpenReadAsync(key, cancellationToken);

    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken) => inner.ExistsAsync(key, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public IAsyncEnumerable<string> ListCommonPrefixesAsync(string prefix, string delimiter, CancellationToken cancellationToken)
        => inner.ListCommonPrefixesAsync(prefix, delimiter, cancellationToken);

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    public ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) => inner.CreateSignedUrlAsync(key, lifetime, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Writer(ObjectWriter inner, bool commitsFirst) : ObjectWriter
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override async ValueTask CommitAsync(CancellationToken cancellationToken)
        {
            if (commitsFirst)
            {
                await inner.CommitAsync(cancellationToken);
            }

            throw new ObjectStoreException("the store is away", "Wait for it.");
        }

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
