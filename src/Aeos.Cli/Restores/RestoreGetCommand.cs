using System.CommandLine;
using System.Text.Json.Nodes;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Stores;
using Aeos.Encryption;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore get</c>.</summary>
internal static class RestoreGetCommand
{
    public static Command Create()
    {
        var format = ListingFormatOption.Create();
        var location = new LocationOptions();
        var command = new DocumentedCommand("get", "List the restores whose records are in a location.")
        {
            Notes = ["Of restores that Velero made only the names are in the bucket: their resources are in the cluster that Velero ran in."],
            Examples = ["aeos restore get --location location.yaml"],
        };
        command.Add(format);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var opened = await location.OpenBareAsync(result, cancellationToken).ConfigureAwait(false);
            var restores = await ReadAsync(opened, cancellationToken).ConfigureAwait(false);
            if (ListingFormatOption.Read(result, format) is var chosen && chosen != ListingFormat.Text)
            {
                var items = new JsonArray([.. restores.Select(static restore => JsonNode.Parse(restore.ToJson()))]);
                ResourceText.Write(new JsonObject { ["kind"] = "RestoreList", ["apiVersion"] = "velero.io/v1", ["items"] = items }, chosen, Console.Out);
                return ExitCode.Done;
            }

            Console.Out.WriteLine($"{"NAME",-30} {"BACKUP",-30} {"STATUS",-16} {"STARTED",-21} {"ERRORS",6} {"WARNINGS",8}");
            foreach (var restore in restores)
            {
                Console.Out.WriteLine(
                    $"{Printable.Escape(restore.Metadata.Name),-30} {Printable.Escape(restore.Spec.BackupName ?? ""),-30} {Printable.Escape(restore.Status.Phase ?? ""),-16} {Printable.Escape(restore.Status.StartTimestamp ?? ""),-21} {restore.Status.Errors ?? 0,6} {restore.Status.Warnings ?? 0,8}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<List<RestoreDocument>> ReadAsync(BareLocation location, CancellationToken cancellationToken)
    {
        var restores = new List<RestoreDocument>();
        await foreach (var folder in location.Store.ListCommonPrefixesAsync(RestoreKeys.Root, "/", cancellationToken).ConfigureAwait(false))
        {
            var keys = new RestoreKeys(folder[RestoreKeys.Root.Length..].TrimEnd('/'));
            try
            {
                restores.Add(await RestoreDocuments.ReadAsync(location.Store, keys, cancellationToken).ConfigureAwait(false));
            }
            catch (ObjectNotFoundException)
            {
                restores.Add(new RestoreDocument { Metadata = new DocumentMetadata { Name = keys.Name } });
            }
        }

        return restores;
    }
}
