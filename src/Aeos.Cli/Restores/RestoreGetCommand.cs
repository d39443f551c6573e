using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Listings;
using Aeos.Cli.Stores;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore get</c>.</summary>
internal static class RestoreGetCommand
{
    public static Command Create()
    {
        var names = RestoreCommand.Names();
        var format = ListingFormatOption.Create();
        var location = new LocationOptions(hasShortName: false);
        var command = new DocumentedCommand("get", "List the restores whose records are in a location.")
        {
            Notes = ["Of restores that Velero made only the names are in the bucket: their resources are in the cluster that Velero ran in."],
            Examples = ["aeos restore get --location location.yaml"],
        };
        command.Add(names);
        command.Add(format);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var opened = await location.OpenBareAsync(result, cancellationToken).ConfigureAwait(false);
            var found = await StoredRestores.ReadAsync(opened.Store, result.GetValue(names) ?? [], cancellationToken).ConfigureAwait(false);
            var chosen = ListingFormatOption.Read(result, format);
            await Console.Out.WriteAsync(chosen == ListingFormat.Text
                ? RestoreTable.Of(found.Documents)
                : DocumentText.Of([.. found.Documents.Select(static document => document.ToJson())], "RestoreList", chosen)).ConfigureAwait(false);
            return found.IsWhole ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
