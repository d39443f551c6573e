using Aeos.Encryption;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;

namespace Aeos.Backup.Backups;

/// <summary>Removes a backup from a bucket: all of its objects, the document last, so that a removal that was cut short can be repeated.</summary>
public static class BackupRemoval
{
    /// <summary>Removes it.</summary>
    /// <param name="store">The bare store.</param>
    /// <param name="name">The backup's name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many objects went.</returns>
    /// <exception cref="AeosException">There is none of this name.</exception>
    public static async Task<int> RunAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var keys = new BackupKeys(OperationName.Checked(name, "backup"));
        return await OperationFolder.RemoveAsync(store, keys.Folder, keys.Document, cancellationToken).ConfigureAwait(false) is > 0 and var objects ? objects
            : throw new AeosException($"there is no backup {Printable.Quote(name)} in the location", "List the backups with \"aeos backup get\".");
    }
}
