using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Stores;

/// <summary><c>aeos store rm</c>.</summary>
internal static class RemoveCommand
{
    public static Command Create()
    {
        var key = StoreCommand.Key();
        var location = new LocationOptions();
        var command = new DocumentedCommand("rm", "Delete an object. There is no way back.")
        {
            Notes = ["One that is not there is an error: exit code 1."],
            Examples = ["aeos store rm --location location.yaml backups/nightly-1/notes.txt"],
        };
        command.Add(key);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var opened = await location.OpenAsync(result, cancellationToken).ConfigureAwait(false);
            await opened.Store.DeleteAsync(result.GetRequiredValue(key), cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
