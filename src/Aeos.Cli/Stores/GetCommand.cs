using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Files;

namespace Aeos.Cli.Stores;

/// <summary><c>aeos store get</c>.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        var key = StoreCommand.Key();
        var output = new Option<string?>("-o", "--output")
        {
            HelpName = "OUT",
            Description = "The file to write; it appears whole or not at all. Absent or -: standard output. Pipes and devices are written directly.",
        };
        var location = new LocationOptions();
        var command = new DocumentedCommand("get", "Fetch an object, verify and decrypt it.")
        {
            Notes = ["Only verified bytes come out, and an object that was put in another's place is refused. The file that -o makes can be read by its owner alone."],
            Examples =
            [
                "aeos store get --location location.yaml backups/nightly-1/nightly-1.tar.gz -o nightly-1.tar.gz",
                "aeos store get --location location.yaml backups/nightly-1/nightly-1.tar.gz | tar -tz",
            ],
        };
        command.Add(key);
        command.Add(output);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var name = result.GetRequiredValue(key);
            await using var opened = await location.OpenAsync(result, cancellationToken).ConfigureAwait(false);
            await using var content = await opened.Store.OpenReadAsync(name, cancellationToken).ConfigureAwait(false);
            await using var target = await OutputFile.OpenAsync(result.GetValue(output), OutputContent.Plaintext, cancellationToken).ConfigureAwait(false);
            using var progress = Progress.Of(name, total: null, result.GetValue(output));
            await PlaintextTransfer.CopyAsync(content, target, progress, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
