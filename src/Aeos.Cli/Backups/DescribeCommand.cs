using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup describe</c>.</summary>
internal static class DescribeCommand
{
    public static Command Create() => DescribeVerb.Create(
        new DocumentedCommand("describe", "Say what a backup is, what is in it and what went wrong.")
        {
            Examples = ["aeos backup describe nightly-1 --location location.yaml --details"],
        },
        "backup",
        "Name all that is in it.",
        static (bucket, names, cancellationToken) => StoredBackups.FindAsync(bucket.Reader, names, null, cancellationToken),
        DescribeAsync);

    private static async Task<Description> DescribeAsync(OpenedBucket bucket, BackupDocument document, bool withDetails, CancellationToken cancellationToken)
    {
        var (keys, hint) = (new BackupKeys(document.Metadata.Name), document.Status.Encryption);
        var results = await bucket.ReadCompanionAsync(keys.Results, hint, cancellationToken).ConfigureAwait(false);
        var archive = await ArchiveGlance.TakeAsync(bucket.Store, keys, hint, cancellationToken).ConfigureAwait(false);
        var description = BackupDescription.Of(document, results, archive);
        if (withDetails)
        {
            description.AddResourceList(await bucket.ReadCompanionAsync(keys.ResourceList, hint, cancellationToken).ConfigureAwait(false));
        }

        return description;
    }
}
