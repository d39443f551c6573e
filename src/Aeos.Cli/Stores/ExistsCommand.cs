using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Stores;

/// <summary><c>aeos store exists</c>.</summary>
internal static class ExistsCommand
{
    public static Command Create()
    {
        var key = StoreCommand.Key();
        var location = new LocationOptions();
        var command = new DocumentedCommand("exists", "Say whether an object is there.")
        {
            Notes =
            [
                "Prints true with exit code 0, or false with exit code 1. When the store could not tell, nothing is printed, stderr says why, and",
                "the exit code is 1, too. Nothing is decrypted: an object that is there may still be refused by \"store get\".",
            ],
            Examples = ["aeos store exists --location location.yaml backups/nightly-1/nightly-1.tar.gz"],
        };
        command.Add(key);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var opened = await location.OpenAsync(result, cancellationToken).ConfigureAwait(false);
            var exists = await opened.Store.ExistsAsync(result.GetRequiredValue(key), cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine(exists ? "true" : "false");
            return exists ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
