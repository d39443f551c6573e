using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore describe</c>.</summary>
internal static class RestoreDescribeCommand
{
    public static Command Create() => DescribeVerb.Create(
        new DocumentedCommand("describe", "Say what a restore did and what went wrong.")
        {
            Examples = ["aeos restore describe again-1 --location location.yaml --details"],
        },
        "restore",
        "Say what became of each object.",
        static (bucket, names, cancellationToken) => StoredRestores.FindAsync(bucket.Reader, names, cancellationToken),
        DescribeAsync);

    private static async Task<Description> DescribeAsync(OpenedBucket bucket, RestoreDocument document, bool withDetails, CancellationToken cancellationToken)
    {
        var keys = new RestoreKeys(document.Metadata.Name);
        var hint = await RestoreHint.FindAsync(bucket, document, cancellationToken).ConfigureAwait(false);
        var description = RestoreDescription.Of(document, await bucket.ReadCompanionAsync(keys.Results, hint, cancellationToken).ConfigureAwait(false));
        if (withDetails)
        {
            description.AddResourceList(await bucket.ReadCompanionAsync(keys.ResourceList, hint, cancellationToken).ConfigureAwait(false));
        }

        return description;
    }
}
