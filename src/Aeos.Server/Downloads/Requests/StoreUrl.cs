using Aeos.ObjectStore;

namespace Aeos.Server.Downloads.Requests;

/// <summary>Finds the store's own signed URL for an object that anybody may fetch there, since it is not encrypted.</summary>
internal static class StoreUrl
{
    // RFC 1952, 2.3.1. No message begins with it, and hardly ever what was encrypted in the proposal's format.
    private static readonly byte[] GzipStart = [0x1f, 0x8b];

    /// <returns>The URL, a secret; null: the object is encrypted or not there, or the store has no such URLs.</returns>
    /// <exception cref="ObjectStoreException">The store does not answer.</exception>
    public static async Task<string?> FindAsync(IObjectStore store, string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        try
        {
            var content = await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var first = new byte[GzipStart.Length];
                var count = await content.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                if (!first.AsSpan(0, count).SequenceEqual(GzipStart))
                {
                    return null;
                }
            }
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }

        try
        {
            return (await store.CreateSignedUrlAsync(key, lifetime, cancellationToken).ConfigureAwait(false)).AbsoluteUri;
        }
        catch (ObjectStoreException)
        {
            // It answered a moment ago: it has none, or not with these credentials.
            return null;
        }
    }
}
