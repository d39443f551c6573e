using Aeos.Backup.Restores;
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
        => await RunIfAnyAsync(store, name, cancellationToken).ConfigureAwait(false) is > 0 and var objects ? objects : throw Missing(name);

    /// <summary>Removes what there is of it, which may be nothing.</summary>
    /// <param name="store">The bare store.</param>
    /// <param name="name">The backup's name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many objects went.</returns>
    public static Task<int> RunIfAnyAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var keys = new BackupKeys(OperationName.Checked(name, "backup"));
        return OperationFolder.RemoveAsync(store, keys.Folder, keys.Document, cancellationToken);
    }

    /// <summary>Removes it and, before it, the records of restores from it, as Velero removes its restores with a backup.</summary>
    /// <param name="store">The bare store.</param>
    /// <param name="name">The backup's name.</param>
    /// <param name="warn">Told of restores whose document cannot be read; their records stay.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many objects of the backup went, and the restores whose records did.</returns>
    /// <exception cref="AeosException">There is no backup of this name: nothing is removed.</exception>
    public static async Task<(int Objects, IReadOnlyList<string> Restores)> WithRestoresAsync(
        IObjectStore store, string name, Action<string> warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(warn);
        if (!await OperationFolder.IsThereAsync(store, new BackupKeys(OperationName.Checked(name, "backup")).Folder, cancellationToken).ConfigureAwait(false))
        {
            throw Missing(name);
        }

        var restores = await RestoreRemoval.OfBackupAsync(store, name, warn, cancellationToken).ConfigureAwait(false);
        return (await RunAsync(store, name, cancellationToken).ConfigureAwait(false), restores);
    }

    private static AeosException Missing(string name) => new($"there is no backup {Printable.Quote(name)} in the location", "List the backups with \"aeos backup get\".");
}
