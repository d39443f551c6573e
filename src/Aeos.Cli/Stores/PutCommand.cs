using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Files;

namespace Aeos.Cli.Stores;

/// <summary><c>aeos store put</c>.</summary>
internal static class PutCommand
{
    public static Command Create()
    {
        var key = StoreCommand.Key();
        var input = new Argument<string?>("IN") { Arity = ArgumentArity.ZeroOrOne, Description = "The file to store. Absent or -: standard input." };
        var location = new LocationOptions();
        var command = new DocumentedCommand("put", "Encrypt a file or a pipe and store it. The object appears whole or not at all, in place of one that is there.")
        {
            Examples = ["aeos store put --location location.yaml backups/nightly-1/notes.txt notes.txt"],
        };
        command.Add(key);
        command.Add(input);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var source = await InputFile.OpenAsync(result.GetValue(input), cancellationToken).ConfigureAwait(false);
            await using var opened = await location.OpenAsync(result, cancellationToken).ConfigureAwait(false);
            await using var writer = await opened.Store.CreateAsync(result.GetRequiredValue(key), cancellationToken).ConfigureAwait(false);
            using var progress = Progress.Of(source.Name, source.Length);
            await Transfer.CopyAsync(source.Stream, writer, progress, cancellationToken).ConfigureAwait(false);
            await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
