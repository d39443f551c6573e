using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup delete</c>.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        var name = BackupCommand.Name();
        var confirm = new Option<bool>("--confirm") { Description = "Needed: nothing brings a deleted backup back." };
        var engine = new EngineOptions();
        var command = new DocumentedCommand("delete", "Delete a backup: all of its objects in the location.")
        {
            Examples = ["aeos backup delete nightly-1 --location location.yaml --confirm"],
        };
        command.Add(name);
        command.Add(confirm);
        engine.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            if (!result.GetValue(confirm))
            {
                throw new UsageException("a deleted backup cannot be had back", "Add --confirm to delete it.");
            }

            await using var location = await engine.OpenLocationAsync(result, cancellationToken).ConfigureAwait(false);
            var objects = await BackupRemoval.RunAsync(location.Store, result.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine($"Backup {result.GetRequiredValue(name)} deleted: {objects} objects.");
            return ExitCode.Done;
        });
        return command;
    }
}
