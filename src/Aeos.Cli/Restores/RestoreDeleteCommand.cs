using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Stores;
using Aeos.Encryption;
using Aeos.Velero.Layout;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore delete</c>.</summary>
internal static class RestoreDeleteCommand
{
    public static Command Create()
    {
        var name = RestoreCommand.Name();
        var confirm = new Option<bool>("--confirm") { Description = "Delete without asking." };
        var location = new LocationOptions();
        var command = new DocumentedCommand("delete", "Delete a restore's records from the location. What was restored stays in the cluster.")
        {
            Examples = ["aeos restore delete again-1 --location location.yaml --confirm"],
        };
        command.Add(name);
        command.Add(confirm);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var keys = new RestoreKeys(result.GetRequiredValue(name));
            if (keys.Name.Length == 0 || keys.Name.Contains('/', StringComparison.Ordinal))
            {
                throw new UsageException($"{Printable.Quote(keys.Name)} is no name of a restore", "List them with \"aeos restore get\".");
            }

            if (!result.GetValue(confirm))
            {
                throw new UsageException("deleting has to be confirmed", "Give --confirm.");
            }

            await using var opened = await location.OpenBareAsync(result, cancellationToken).ConfigureAwait(false);
            List<string> objects = [];
            await foreach (var key in opened.Store.ListAsync(keys.Folder, cancellationToken).ConfigureAwait(false))
            {
                objects.Add(key);
            }

            if (objects.Count == 0)
            {
                throw new AeosException($"there is no restore {Printable.Quote(keys.Name)} in the location", "List them with \"aeos restore get\".");
            }

            // The document last: an interrupted deletion can be repeated.
            foreach (var key in objects.OrderBy(key => key == keys.Document))
            {
                await opened.Store.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
            }

            Report.Note($"deleted {objects.Count} objects");
            return ExitCode.Done;
        });
        return command;
    }
}
