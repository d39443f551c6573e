using System.CommandLine;
using System.Text.Json.Nodes;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Stores;
using Aeos.Velero.Layout;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore describe</c>.</summary>
internal static class RestoreDescribeCommand
{
    public static Command Create()
    {
        var name = RestoreCommand.Name();
        var format = ListingFormatOption.Create();
        var (location, keys) = (new LocationOptions(), new ReadKeyOptions());
        var command = new DocumentedCommand("describe", "Show what a restore did: its phase, errors, warnings, and what became of each object.")
        {
            Examples = ["aeos restore describe again-1 --location location.yaml"],
        };
        command.Add(name);
        command.Add(format);
        keys.AddTo(command);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var restore = new RestoreKeys(result.GetRequiredValue(name));
            await using var bucket = await OpenedBucket.OpenAsync(result, location, keys, null, cancellationToken).ConfigureAwait(false);
            var document = await RestoreDocuments.ReadAsync(bucket.Location.Store, restore, cancellationToken).ConfigureAwait(false);
            var tree = JsonNode.Parse(document.ToJson())!.AsObject();
            tree["results"] = JsonNode.Parse(await bucket.Reader.ReadCompanionAsync(restore.Results, null, cancellationToken).ConfigureAwait(false));
            tree["resources"] = JsonNode.Parse(await bucket.Reader.ReadCompanionAsync(restore.ResourceList, null, cancellationToken).ConfigureAwait(false));
            var chosen = ListingFormatOption.Read(result, format);
            ResourceText.Write(tree, chosen == ListingFormat.Text ? ListingFormat.Yaml : chosen, Console.Out);
            return ExitCode.Done;
        });
        return command;
    }
}
