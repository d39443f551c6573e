using Aeos.Backup.Filters;
using Aeos.Backup.Reading;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>The documents of the restores in a bucket, by name.</summary>
internal static class StoredRestores
{
    /// <summary>Finds those that are named, or all; one of Velero's, which keeps no document here, has a name only.</summary>
    /// <param name="reader">The bucket.</param>
    /// <param name="names">The names; none: all.</param>
    /// <param name="selector">Labels that they must have; null: any.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">One that is named is not there or no restore.</exception>
    public static async Task<FoundResources<RestoreDocument>> FindAsync(
        BucketReader reader, IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken)
    {
        var found = await StoredResources.FindAsync(
            names,
            name => ReadAsync(reader, name, cancellationToken),
            reader.ListRestoresAsync(cancellationToken),
            async name => await TryReadAsync(reader, name, cancellationToken).ConfigureAwait(false) ?? new RestoreDocument { Metadata = new DocumentMetadata { Name = name } },
            StringComparer.Ordinal,
            cancellationToken).ConfigureAwait(false);
        return found.Selected(selector);
    }

    private static async Task<RestoreDocument> ReadAsync(BucketReader reader, string name, CancellationToken cancellationToken) =>
        await TryReadAsync(reader, name, cancellationToken).ConfigureAwait(false) ?? throw new AeosException(
            $"there is no restore {Printable.Quote(name)} in the location", "List them with \"aeos restore get\". Velero keeps its own in the cluster.");

    private static async Task<RestoreDocument?> TryReadAsync(BucketReader reader, string name, CancellationToken cancellationToken) =>
        await reader.TryReadRestoreAsync(name, cancellationToken).ConfigureAwait(false) is { } document ? StoredResources.InItsPlace(document, name, "restore") : null;
}
