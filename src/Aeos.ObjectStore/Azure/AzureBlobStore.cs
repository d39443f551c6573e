using System.Runtime.CompilerServices;
using Aeos.ObjectStore.Azure.Blobs;
using Aeos.ObjectStore.Azure.Signing;

namespace Aeos.ObjectStore.Azure;

/// <summary>The blobs of one container.</summary>
/// <param name="container">Its requests.</param>
/// <param name="urls">Makes URLs that anybody can fetch.</param>
/// <param name="blockSize">Bytes a block.</param>
/// <param name="options">How transfers behave.</param>
/// <param name="time">The clock.</param>
/// <param name="owned">What goes with the store: its connections and its key.</param>
internal sealed class AzureBlobStore(
    BlobContainer container, SignedBlobUrls urls, int blockSize, TransferOptions options, TimeProvider time, params IDisposable?[] owned) : IObjectStore
{
    /// <inheritdoc/>
    public ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        BlobKeyRules.Check(key);
        return ValueTask.FromResult<ObjectWriter>(new BlockBlobWriter(container, key, blockSize, options.Parallelism));
    }

    /// <inheritdoc/>
    public async ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        ThrowIfImpossible(key);
        return await BlobReadStream.OpenAsync(container, key, options, time, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken) =>
        BlobKeyRules.CanBe(key) && await container.ExistsAsync(key, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) =>
        KeyOrder.ByBytesAsync(KeysAsync(prefix, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListCommonPrefixesAsync(string prefix, string delimiter, CancellationToken cancellationToken) =>
        KeyOrder.ByBytesAsync(FoldersAsync(prefix, delimiter, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string key, CancellationToken cancellationToken)
    {
        ThrowIfImpossible(key);
        await container.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ThrowIfImpossible(key);
        return await urls.CreateAsync(key, lifetime, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach (var part in owned)
        {
            part?.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private void ThrowIfImpossible(string key)
    {
        if (!BlobKeyRules.CanBe(key))
        {
            throw new ObjectNotFoundException(key, container.Endpoint.ToString());
        }
    }

    private async IAsyncEnumerable<string> KeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(prefix, null, cancellationToken).ConfigureAwait(false))
        {
            foreach (var key in page.Keys)
            {
                yield return key;
            }
        }
    }

    private async IAsyncEnumerable<string> FoldersAsync(
        string prefix, string delimiter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Azurite cuts behind the first character of a longer delimiter: that listing is made here.
        if (delimiter.Length != 1)
        {
            await foreach (var key in KeysAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                var at = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
                if (at >= 0)
                {
                    yield return key[..(at + delimiter.Length)];
                }
            }

            yield break;
        }

        await foreach (var page in PagesAsync(prefix, delimiter, cancellationToken).ConfigureAwait(false))
        {
            foreach (var folder in page.Prefixes)
            {
                yield return folder;
            }
        }
    }

    private async IAsyncEnumerable<BlobListPage> PagesAsync(
        string prefix, string? delimiter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var marker = "";
        do
        {
            var page = await container.ListAsync(prefix, delimiter, marker, cancellationToken).ConfigureAwait(false);
            yield return page;
            if (page.NextMarker == marker && marker.Length > 0)
            {
                throw new ObjectStoreException(
                    $"cannot list {container.Endpoint}: the same page came twice", "Check whether a proxy answers in Azure's place.");
            }

            marker = page.NextMarker;
        }
        while (marker.Length > 0);
    }
}
