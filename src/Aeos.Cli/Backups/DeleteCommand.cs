using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Stores;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup delete</c>.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Arity = ArgumentArity.OneOrMore, Description = "The backups." };
        var (confirmation, location) = (new Confirmation(), new LocationOptions(hasShortName: false));
        var command = new DocumentedCommand("delete", "Delete backups: all of their objects in the location.")
        {
            Notes = ["Needs no key. The records of restores from them stay; \"aeos restore delete\" removes those."],
            Examples = ["aeos backup delete nightly-1 --location location.yaml --confirm"],
        };
        command.Add(names);
        confirmation.AddTo(command);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var doomed = result.GetRequiredValue(names);
            if (!confirmation.IsGiven(result, $"About to delete {(doomed is [var one] ? $"the backup {one}" : $"{doomed.Length} backups: {string.Join(", ", doomed)}")}."))
            {
                return ExitCode.Failed;
            }

            var (opened, _) = await location.OpenWritableAsync(result, cancellationToken).ConfigureAwait(false);
            await using var bucket = opened;
            foreach (var name in doomed)
            {
                var objects = await BackupRemoval.RunAsync(bucket.Store, name, cancellationToken).ConfigureAwait(false);
                Console.Out.WriteLine($"Backup {name} deleted: {objects} objects.");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
