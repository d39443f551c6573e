using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Listings;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore describe</c>.</summary>
internal static class RestoreDescribeCommand
{
    public static Command Create() => DescribeVerb.Create(
        new DocumentedCommand("describe", "Say what a restore did and what went wrong.")
        {
            Examples = ["aeos restore describe again-1", "aeos restore describe again-1 --location location.yaml --details"],
        },
        VeleroTypes.Restores,
        "Say what became of each object.",
        static (records, names, selector, cancellationToken) => records.FindRestoresAsync(names, selector, cancellationToken),
        DescribeAsync);

    private static async Task<Description> DescribeAsync(IRecords records, RestoreDocument document, bool withDetails, CancellationToken cancellationToken)
    {
        var name = document.Metadata.Name;
        var description = RestoreDescription.Of(document, await records.ReadAsync(RecordPart.RestoreResults(name), document, cancellationToken).ConfigureAwait(false));
        if (withDetails)
        {
            description.AddResourceList(await records.ReadAsync(RecordPart.RestoreResourceList(name), document, cancellationToken).ConfigureAwait(false));
        }

        return description;
    }
}
