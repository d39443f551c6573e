using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Stores;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore delete</c>.</summary>
internal static class RestoreDeleteCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Arity = ArgumentArity.OneOrMore, Description = "The restores." };
        var (confirmation, location) = (new Confirmation(), new LocationOptions(hasShortName: false));
        var command = new DocumentedCommand("delete", "Delete restores' records from the location. What was restored stays in the cluster.")
        {
            Examples = ["aeos restore delete again-1 --location location.yaml --confirm"],
        };
        command.Add(names);
        confirmation.AddTo(command);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var doomed = result.GetRequiredValue(names);
            if (!confirmation.IsGiven(result, $"About to delete the records of {(doomed is [var one] ? $"the restore {one}" : $"{doomed.Length} restores: {string.Join(", ", doomed)}")}."))
            {
                return ExitCode.Failed;
            }

            await using var bucket = await location.OpenBareAsync(result, cancellationToken).ConfigureAwait(false);
            foreach (var name in doomed)
            {
                var objects = await RestoreRemoval.RunAsync(bucket.Store, name, cancellationToken).ConfigureAwait(false);
                Console.Out.WriteLine($"Restore {name} deleted: {objects} objects.");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
