using Aeos.Encryption;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;

namespace Aeos.Cli.Restores;

/// <summary>Removes a restore's records from a bucket, the document last, so that a removal that was cut short can be repeated.</summary>
internal static class RestoreRemoval
{
    /// <returns>How many objects went.</returns>
    /// <exception cref="AeosException">There is none of this name.</exception>
    public static async Task<int> RunAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        var keys = new RestoreKeys(RestoreName.Checked(name));
        List<string> objects = [];
        await foreach (var key in store.ListAsync(keys.Folder, cancellationToken).ConfigureAwait(false))
        {
            objects.Add(key);
        }

        if (objects.Count == 0)
        {
            throw new AeosException($"there is no restore {Printable.Quote(name)} in the location", "List them with \"aeos restore get\".");
        }

        foreach (var key in objects.OrderBy(key => key == keys.Document))
        {
            await store.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }

        return objects.Count;
    }
}
