using Aeos.Encryption;
using Aeos.ObjectStore;

namespace Aeos.Server.Locations;

/// <summary>Velero's check of a bucket (1.18, pkg/persistence/object_store.go): it can be listed, and has no folders at its top but those that are known.</summary>
internal static class BucketCheck
{
    private const int Named = 3;

    private static readonly string[] Folders = ["backups", "kopia", "metadata", "plugins", "restic", "restores"];

    /// <summary>Checks a bucket.</summary>
    /// <param name="store">The store, with keys relative to the location's prefix.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">It has other folders, or what the store throws.</exception>
    public static async Task RunAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        var unknown = new List<string>();
        var count = 0;
        await foreach (var folder in store.ListCommonPrefixesAsync("", "/", cancellationToken).ConfigureAwait(false))
        {
            var name = folder.TrimEnd('/');
            if (!Folders.Contains(name, StringComparer.Ordinal) && ++count <= Named)
            {
                unknown.Add(Printable.Quote(name));
            }
        }

        if (count > 0)
        {
            throw new AeosException(
                $"Backup store contains invalid top-level directories: {string.Join(", ", unknown)}{(count > Named ? $" and {count - Named} more" : "")}",
                $"Give the location a bucket or a prefix of its own; these are known: {string.Join(", ", Folders)}.");
        }
    }
}
