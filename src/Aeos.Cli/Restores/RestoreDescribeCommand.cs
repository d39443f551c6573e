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
    public static Command Create()
    {
        var names = RestoreCommand.Names();
        var details = new Option<bool>("--details") { Description = "Say what became of each object." };
        var format = ListingFormatOption.Create();
        var bucketOptions = new BucketOptions();
        var command = new DocumentedCommand("describe", "Say what a restore did and what went wrong.")
        {
            Examples = ["aeos restore describe again-1 --location location.yaml --details"],
        };
        command.Add(names);
        command.Add(details);
        command.Add(format);
        bucketOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => bucketOptions.RunAsync(
            result,
            async bucket =>
            {
                var found = await StoredRestores.ReadAsync(bucket.Store, result.GetValue(names) ?? [], cancellationToken).ConfigureAwait(false);
                if (ListingFormatOption.Read(result, format) is var chosen and not ListingFormat.Text)
                {
                    await Console.Out.WriteAsync(DocumentText.Of([.. found.Documents.Select(static document => document.ToJson())], "RestoreList", chosen)).ConfigureAwait(false);
                    return found.IsWhole ? ExitCode.Done : ExitCode.Failed;
                }

                foreach (var (index, document) in found.Documents.Index())
                {
                    var text = await DescribeAsync(bucket, document, result.GetValue(details), cancellationToken).ConfigureAwait(false);
                    await Console.Out.WriteAsync(index == 0 ? text : $"\n\n{text}").ConfigureAwait(false);
                }

                return found.IsWhole ? ExitCode.Done : ExitCode.Failed;
            },
            cancellationToken));
        return command;
    }

    private static async Task<string> DescribeAsync(OpenedBucket bucket, RestoreDocument document, bool withDetails, CancellationToken cancellationToken)
    {
        var keys = new RestoreKeys(document.Metadata.Name);
        var hint = await RestoreHint.FindAsync(bucket, document, cancellationToken).ConfigureAwait(false);
        var (results, whyClosed) = await bucket.ReadForDescriptionAsync(keys.Results, hint, cancellationToken).ConfigureAwait(false);
        var description = RestoreDescription.Of(document, each => each.AddResults(results, whyClosed, keys.Results));
        if (withDetails)
        {
            var (list, whyNot) = await bucket.ReadForDescriptionAsync(keys.ResourceList, hint, cancellationToken).ConfigureAwait(false);
            description.AddResourceList(list, whyNot, keys.ResourceList);
        }

        return description.ToString();
    }
}
