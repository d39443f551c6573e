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
        ArgumentNullException.ThrowIfNull(store);
        var keys = new RestoreKeys(OperationName.Checked(name, "restore"));
        return await OperationFolder.RemoveAsync(store, keys.Folder, keys.Document, cancellationToken).ConfigureAwait(false) is > 0 and var objects ? objects
            : throw new AeosException($"there is no restore {Printable.Quote(name)} in the location", "List them with \"aeos restore get\".");
    }
}
