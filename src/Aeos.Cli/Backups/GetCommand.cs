using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup get</c>.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        var names = NamesArgument.SomeOrAll("backup");
        var selector = new Option<string?>("--selector", "-l") { HelpName = "LABELS", Description = "Only backups with these labels." };
        var format = ListingFormatOption.Create();
        var bucketOptions = new BucketOptions();
        var command = new DocumentedCommand("get", "List the backups in a location, also those that Velero wrote.")
        {
            Notes = ["What ENCRYPTED says is what the backup's document says; only reading the archive proves it."],
            Examples = ["aeos backup get --location location.yaml", "aeos backup get nightly-1 --location location.yaml -o yaml"],
        };
        command.Add(names);
        command.Add(selector);
        command.Add(format);
        bucketOptions.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var wanted = names.Read(result);
            var chosen = result.GetValue(selector) is { } text ? new Selector(SelectorOptions.Parse(text)) : null;
            return bucketOptions.RunAsync(
                result,
                async bucket =>
                {
                    var found = await StoredBackups.FindAsync(bucket.Reader, wanted, chosen, cancellationToken).ConfigureAwait(false);
                    return await found.ListAsync(ListingFormatOption.Read(result, format), static all => BackupTable.Of(all, TimeProvider.System.GetUtcNow())).ConfigureAwait(false);
                },
                cancellationToken);
        });
        return command;
    }
}
