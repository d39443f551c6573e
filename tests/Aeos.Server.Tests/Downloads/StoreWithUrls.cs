using Aeos.ObjectStore;

namespace Aeos.Server.Tests.Downloads;

/// <summary>A store as a cloud's is: it has signed URLs. It can be away.</summary>
internal sealed class StoreWithUrls(IObjectStore inner, bool isAway = false) : IObjectStore
{
    public ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken) => inner.CreateAsync(key, cancellationToken);

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
        => isAway ? throw new ObjectStoreException("the store is away", "Wait.") : inner.OpenReadAsync(key, cancellationToken);

    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken) => inner.ExistsAsync(key, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public IAsyncEnumerable<string> ListCommonPrefixesAsync(string prefix, string delimiter, CancellationToken cancellationToken)
        => inner.ListCommonPrefixesAsync(prefix, delimiter, cancellationToken);

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    public ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
        => ValueTask.FromResult(new Uri($"https://store.example/{key}?for={lifetime.TotalSeconds}"));

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
