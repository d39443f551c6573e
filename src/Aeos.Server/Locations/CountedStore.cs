using Aeos.ObjectStore;

namespace Aeos.Server.Locations;

/// <summary>Tells of each object that is written to a store. Everything else goes through as it is.</summary>
/// <param name="store">The store, which is taken over.</param>
/// <param name="location">The location's name.</param>
/// <param name="written">Told after each commit.</param>
internal sealed class CountedStore(IObjectStore store, string location, Action<WrittenObject> written) : IObjectStore
{
    public async ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        var writer = await store.CreateAsync(key, cancellationToken).ConfigureAwait(false);
        return new CountedWriter(writer, (bytes, isMessage) => written(new WrittenObject(location, key, bytes, isMessage)));
    }

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) => store.OpenReadAsync(key, cancellationToken);

    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken) => store.ExistsAsync(key, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

    public IAsyncEnumerable<string> ListCommonPrefixesAsync(string prefix, string delimiter, CancellationToken cancellationToken)
        => store.ListCommonPrefixesAsync(prefix, delimiter, cancellationToken);

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);

    public ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) => store.CreateSignedUrlAsync(key, lifetime, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
