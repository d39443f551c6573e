using Aeos.ObjectStore;

namespace Aeos.Backup;

/// <summary>The objects that a backup or a restore left in a bucket.</summary>
internal static class OperationFolder
{
    /// <summary>Whether there are any.</summary>
    public static async Task<bool> IsThereAsync(IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        await foreach (var _ in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        return false;
    }

    /// <summary>Removes them, the document last, so that a removal that was cut short can be repeated.</summary>
    /// <param name="store">The bare store.</param>
    /// <param name="folder">What their keys begin with.</param>
    /// <param name="document">The document's key.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many went.</returns>
    public static async Task<int> RemoveAsync(IObjectStore store, string folder, string document, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        await foreach (var key in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            found.Add(key);
        }

        foreach (var key in found.OrderBy(key => key == document))
        {
            await store.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }

        return found.Count;
    }
}
