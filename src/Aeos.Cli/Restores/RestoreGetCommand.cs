using System.CommandLine;
using Aeos.Backup.Keys;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Cli.Stores;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore get</c>.</summary>
internal static class RestoreGetCommand
{
    public static Command Create()
    {
        var names = NamesArgument.SomeOrAll("restore");
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
            var wanted = names.Read(result);
            await using var bucket = new OpenedBucket(await location.OpenBareAsync(result, cancellationToken).ConfigureAwait(false), [], new KeyScope());
            var found = await StoredRestores.FindAsync(bucket.Reader, wanted, cancellationToken).ConfigureAwait(false);
            return await found.ListAsync(ListingFormatOption.Read(result, format), RestoreTable.Of).ConfigureAwait(false);
        });
        return command;
    }
}
