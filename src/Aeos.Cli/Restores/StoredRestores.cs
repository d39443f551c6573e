using Aeos.Cli.CommandLine;
using Aeos.Encryption;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary>The records of the restores in a bucket.</summary>
/// <param name="Documents">Those that could be read, by name.</param>
/// <param name="IsWhole">Whether all could.</param>
internal sealed record StoredRestores(IReadOnlyList<RestoreDocument> Documents, bool IsWhole)
{
    private const int LongestDocument = 1024 * 1024;

    /// <summary>Reads those that are named, or all. One of all that cannot be read is warned of; one of Velero's, which keeps no document here, has a name only.</summary>
    /// <exception cref="AeosException">One that is named is not there or no restore.</exception>
    public static async Task<StoredRestores> ReadAsync(IObjectStore store, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        List<RestoreDocument> documents = [];
        var isWhole = true;
        foreach (var name in names)
        {
            documents.Add(await ReadAsync(store, name, cancellationToken).ConfigureAwait(false));
        }

        if (names.Count == 0)
        {
            await foreach (var folder in store.ListCommonPrefixesAsync(RestoreKeys.Root, "/", cancellationToken).ConfigureAwait(false))
            {
                var name = folder[RestoreKeys.Root.Length..].TrimEnd('/');
                try
                {
                    documents.Add(await TryReadAsync(store, name, cancellationToken).ConfigureAwait(false) ?? new RestoreDocument { Metadata = new DocumentMetadata { Name = name } });
                }
                catch (AeosException refusal)
                {
                    Report.Warning($"{refusal.Cause}. {refusal.Remedy}");
                    isWhole = false;
                }
            }
        }

        return new StoredRestores([.. documents.OrderBy(static document => document.Metadata.Name, StringComparer.Ordinal)], isWhole);
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="AeosException">It is not there or no restore.</exception>
    public static async Task<RestoreDocument> ReadAsync(IObjectStore store, string name, CancellationToken cancellationToken) =>
        await TryReadAsync(store, name, cancellationToken).ConfigureAwait(false) ?? throw new AeosException(
            $"there is no restore {Printable.Quote(name)} in the location", "List them with \"aeos restore get\". Velero keeps its own in the cluster.");

    private static async Task<RestoreDocument?> TryReadAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        var key = new RestoreKeys(RestoreName.Checked(name)).Document;
        try
        {
            await using var content = await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            var buffer = new byte[LongestDocument];
            var length = await content.ReadAtLeastAsync(buffer, LongestDocument, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var document = RestoreDocument.Parse(buffer.AsSpan(0, length), key);
            return document.Metadata.Name == name ? document : throw new AeosException(
                $"the document of the restore {Printable.Quote(name)} is that of {Printable.Quote(document.Metadata.Name)}", "Somebody moved it: look at who can write to the bucket.");
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }
}
