namespace Aeos.ObjectStore;

/// <summary>
/// One bucket of an object store, or a part of one under a prefix. Keys are text, compared byte for byte, with <c>/</c> as the customary delimiter.
/// Every method may throw <see cref="ObjectStoreException"/>; a missing object is always an <see cref="ObjectNotFoundException"/>.
/// Safe for concurrent use.
/// </summary>
public interface IObjectStore : IAsyncDisposable
{
    /// <summary>
    /// Opens a writer for an object. Nothing is visible under the key until <see cref="ObjectWriter.CommitAsync"/>, and an object that was there stays as it was.
    /// </summary>
    /// <exception cref="ObjectKeyRefusedException">The store cannot hold such a key.</exception>
    ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading from its first byte. The caller disposes the stream.</summary>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>False only when the store said that the object is not there; anything else that keeps it from knowing is an exception.</summary>
    ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken);

    /// <summary>All keys that begin with the prefix, in the order of their UTF-8 bytes, page by page; none is no error.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>
    /// What follows the prefix up to and with the next delimiter, prefixed again: the "folders" under the prefix, each once, in order, whole and with their delimiter.
    /// </summary>
    IAsyncEnumerable<string> ListCommonPrefixesAsync(string prefix, string delimiter, CancellationToken cancellationToken);

    /// <summary>Deletes an object.</summary>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    ValueTask DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>A URL that anybody can fetch the object with until it expires. A secret: never logged.</summary>
    /// <exception cref="ObjectStoreException">The store has no such URLs, or the object is encrypted.</exception>
    ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken);
}
