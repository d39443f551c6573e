using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>Reads a restore's document, bounded.</summary>
internal static class RestoreDocuments
{
    private const int MaxBytes = 1024 * 1024;

    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    public static async Task<RestoreDocument> ReadAsync(IObjectStore store, RestoreKeys keys, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenReadAsync(keys.Document, cancellationToken).ConfigureAwait(false);
        var buffer = new byte[MaxBytes];
        var length = await content.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return RestoreDocument.Parse(buffer.AsSpan(0, length), keys.Document);
    }
}
