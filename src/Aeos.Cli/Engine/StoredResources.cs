using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>Finds resources in a bucket: those that are named, or all.</summary>
internal static class StoredResources
{
    /// <summary>Reads them. One of all that cannot be read is warned of: it must not hide the others.</summary>
    /// <param name="names">The names; none: all.</param>
    /// <param name="read">Reads one that is named.</param>
    /// <param name="all">The names of all.</param>
    /// <param name="readListed">Reads one of all.</param>
    /// <param name="order">The order of names in which they are shown.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">One that is named is not there or is something else.</exception>
    public static async Task<FoundResources<TResource>> FindAsync<TResource>(
        IReadOnlyList<string> names,
        Func<string, Task<TResource>> read,
        IAsyncEnumerable<string> all,
        Func<string, Task<TResource>> readListed,
        IComparer<string> order,
        CancellationToken cancellationToken)
        where TResource : IListedDocument
    {
        List<TResource> found = [];
        var isWhole = true;
        foreach (var name in names)
        {
            found.Add(await read(name).ConfigureAwait(false));
        }

        if (names.Count == 0)
        {
            await foreach (var name in all.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    found.Add(await readListed(name).ConfigureAwait(false));
                }
                catch (AeosException refusal)
                {
                    Report.Warning($"{refusal.Cause}. {refusal.Remedy}");
                    isWhole = false;
                }
            }
        }

        return new FoundResources<TResource>([.. found.OrderBy(static resource => resource.Metadata.Name, order)], isWhole);
    }

    /// <summary>Refuses a document that lies in another one's folder, where whoever can write to the bucket may have put it.</summary>
    /// <param name="resource">The document.</param>
    /// <param name="name">The folder's name.</param>
    /// <param name="what">What it is: <c>backup</c> or <c>restore</c>.</param>
    /// <exception cref="AeosException">It is another one's.</exception>
    public static TResource InItsPlace<TResource>(TResource resource, string name, string what)
        where TResource : IListedDocument => resource.Metadata.Name == name ? resource : throw new AeosException(
            $"the document of the {what} {Printable.Quote(name)} is that of {Printable.Quote(resource.Metadata.Name)}", "Somebody moved it: look at who can write to the bucket.");
}
