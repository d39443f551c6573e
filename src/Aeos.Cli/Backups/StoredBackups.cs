using Aeos.Backup.Filters;
using Aeos.Backup.Reading;
using Aeos.Cli.CommandLine;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>The documents of the backups in a bucket.</summary>
/// <param name="Documents">Those that could be read, in Velero's order.</param>
/// <param name="IsWhole">Whether all could.</param>
internal sealed record StoredBackups(IReadOnlyList<BackupDocument> Documents, bool IsWhole)
{
    /// <summary>Reads those that are named, or all. One of all that cannot be read is warned of: it must not hide the others.</summary>
    /// <param name="reader">The bucket.</param>
    /// <param name="names">The names; none: all.</param>
    /// <param name="selector">Labels that they must have; null: any.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">One that is named is not there or no backup.</exception>
    public static async Task<StoredBackups> ReadAsync(BucketReader reader, IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken)
    {
        List<BackupDocument> documents = [];
        var isWhole = true;
        foreach (var name in names)
        {
            documents.Add(await ReadAsync(reader, name, cancellationToken).ConfigureAwait(false));
        }

        if (names.Count == 0)
        {
            await foreach (var name in reader.ListBackupsAsync(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    documents.Add(await ReadAsync(reader, name, cancellationToken).ConfigureAwait(false));
                }
                catch (AeosException refusal)
                {
                    Report.Warning($"{refusal.Cause}. {refusal.Remedy}");
                    isWhole = false;
                }
            }
        }

        return new StoredBackups(
            [
                .. documents
                    .Where(document => selector is null || selector.Matches(document.Metadata.Labels ?? new Dictionary<string, string>()))
                    .OrderBy(static document => document.Metadata.Name, BackupOrder.Instance),
            ],
            isWhole);
    }

    // Whoever can write to the bucket can put one backup's document into another's folder.
    private static async Task<BackupDocument> ReadAsync(BucketReader reader, string name, CancellationToken cancellationToken)
    {
        var document = await reader.ReadBackupAsync(name, cancellationToken).ConfigureAwait(false);
        return document.Metadata.Name == name ? document : throw new AeosException(
            $"the document of the backup {Printable.Quote(name)} is that of {Printable.Quote(document.Metadata.Name)}", "Somebody moved it: look at who can write to the bucket.");
    }
}
