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
    public static Command Create()
    {
        var names = BackupCommand.Names();
        var details = new Option<bool>("--details") { Description = "Name all that is in it." };
        var format = ListingFormatOption.Create();
        var bucketOptions = new BucketOptions();
        var command = new DocumentedCommand("describe", "Say what a backup is, what is in it and what went wrong.")
        {
            Examples = ["aeos backup describe nightly-1 --location location.yaml --details"],
        };
        command.Add(names);
        command.Add(details);
        command.Add(format);
        bucketOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => bucketOptions.RunAsync(
            result,
            async bucket =>
            {
                var found = await StoredBackups.ReadAsync(bucket.Reader, result.GetValue(names) ?? [], null, cancellationToken).ConfigureAwait(false);
                if (ListingFormatOption.Read(result, format) is var chosen and not ListingFormat.Text)
                {
                    await Console.Out.WriteAsync(DocumentText.Of([.. found.Documents.Select(static document => document.ToJson())], "BackupList", chosen)).ConfigureAwait(false);
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

    private static async Task<string> DescribeAsync(OpenedBucket bucket, BackupDocument document, bool withDetails, CancellationToken cancellationToken)
    {
        var (keys, hint) = (new BackupKeys(document.Metadata.Name), document.Status.Encryption);
        var (results, whyClosed) = await bucket.ReadForDescriptionAsync(keys.Results, hint, cancellationToken).ConfigureAwait(false);
        var archive = await ArchiveGlance.TakeAsync(bucket.Store, keys, hint, cancellationToken).ConfigureAwait(false);
        var description = BackupDescription.Of(document, each => each.AddResults(results, whyClosed, keys.Results), archive);
        if (withDetails)
        {
            var (list, whyNot) = await bucket.ReadForDescriptionAsync(keys.ResourceList, hint, cancellationToken).ConfigureAwait(false);
            description.AddResourceList(list, whyNot, keys.ResourceList);
        }

        return description.ToString();
    }
}
