using Aeos.Backup.Filters;
using Aeos.Backup.Reading;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary>The documents of the backups in a bucket, in Velero's order.</summary>
internal static class StoredBackups
{
    /// <summary>Finds those that are named, or all.</summary>
    /// <param name="reader">The bucket.</param>
    /// <param name="names">The names; none: all.</param>
    /// <param name="selector">Labels that they must have; null: any.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">One that is named is not there or no backup.</exception>
    public static async Task<FoundResources<BackupDocument>> FindAsync(BucketReader reader, IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken)
    {
        var found = await StoredResources.FindAsync(names, ReadAsync, reader.ListBackupsAsync(cancellationToken), ReadAsync, BackupOrder.Instance, cancellationToken).ConfigureAwait(false);
        return found.Selected(selector);

        async Task<BackupDocument> ReadAsync(string name) =>
            StoredResources.InItsPlace(await reader.ReadBackupAsync(name, cancellationToken).ConfigureAwait(false), name, "backup");
    }
}
