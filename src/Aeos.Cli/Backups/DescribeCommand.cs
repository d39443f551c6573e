using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup describe</c>.</summary>
internal static class DescribeCommand
{
    public static Command Create() => DescribeVerb.Create(
        new DocumentedCommand("describe", "Say what a backup is, what is in it and what went wrong.")
        {
            Examples = ["aeos backup describe nightly-1", "aeos backup describe nightly-1 --location location.yaml --details"],
        },
        VeleroTypes.Backups,
        "Name all that is in it.",
        static (records, names, selector, cancellationToken) => records.FindBackupsAsync(names, selector, cancellationToken),
        DescribeAsync);

    private static async Task<Description> DescribeAsync(IRecords records, BackupDocument document, bool withDetails, CancellationToken cancellationToken)
    {
        var name = document.Metadata.Name;
        var results = await records.ReadAsync(RecordPart.BackupResults(name), document, cancellationToken).ConfigureAwait(false);
        var description = BackupDescription.Of(document, results, await records.GlanceAsync(document, cancellationToken).ConfigureAwait(false));
        if (withDetails)
        {
            description.AddResourceList(await records.ReadAsync(RecordPart.BackupResourceList(name), document, cancellationToken).ConfigureAwait(false));
        }

        return description.AddDeletions(await records.FindDeletionsAsync(document, cancellationToken).ConfigureAwait(false));
    }
}
