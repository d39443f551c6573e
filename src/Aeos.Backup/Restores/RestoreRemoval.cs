using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Encryption;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;

namespace Aeos.Backup.Restores;

/// <summary>Removes a restore's records from a bucket, the document last, so that a removal that was cut short can be repeated.</summary>
public static class RestoreRemoval
{
    /// <summary>Removes them.</summary>
    /// <param name="store">The bare store.</param>
    /// <param name="name">The restore's name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many objects went.</returns>
    /// <exception cref="AeosException">There are none of this name.</exception>
    public static async Task<int> RunAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        return await RunIfAnyAsync(store, name, cancellationToken).ConfigureAwait(false) is > 0 and var objects ? objects
            : throw new AeosException($"there is no restore {Printable.Quote(name)} in the location", "List them with \"aeos restore get\".");
    }

    /// <summary>Removes what there is of them, which may be nothing.</summary>
    /// <param name="store">The bare store.</param>
    /// <param name="name">The restore's name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many objects went.</returns>
    public static Task<int> RunIfAnyAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var keys = new RestoreKeys(OperationName.Checked(name, "restore"));
        return OperationFolder.RemoveAsync(store, keys.Folder, keys.Document, cancellationToken);
    }

    /// <summary>Removes those of all restores from a backup, which their documents name.</summary>
    /// <param name="store">The bare store.</param>
    /// <param name="backup">The backup's name.</param>
    /// <param name="warn">Told of documents that cannot be read; the records beside them stay.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The restores' names.</returns>
    public static async Task<IReadOnlyList<string>> OfBackupAsync(IObjectStore store, string backup, Action<string> warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(warn);
        using var keys = new ReadingKeys([], new KeyScope());
        var reader = new BucketReader(store, keys, null);
        var restores = new List<string>();
        await foreach (var name in reader.ListRestoresAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                if ((await reader.TryReadRestoreAsync(name, cancellationToken).ConfigureAwait(false))?.Spec.BackupName == backup)
                {
                    restores.Add(name);
                }
            }
            catch (AeosException refusal)
            {
                warn($"the records of a restore stay, whatever it was of: {refusal.Cause}");
            }
        }

        foreach (var name in restores)
        {
            await RunAsync(store, name, cancellationToken).ConfigureAwait(false);
        }

        return restores;
    }
}
