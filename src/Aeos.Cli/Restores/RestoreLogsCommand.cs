using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Stores;
using Aeos.Velero.Layout;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore logs</c>.</summary>
internal static class RestoreLogsCommand
{
    public static Command Create()
    {
        var name = RestoreCommand.Name();
        var (location, keys) = (new LocationOptions(), new ReadKeyOptions());
        var command = new DocumentedCommand("logs", "Print a restore's log, decrypted where it is encrypted.")
        {
            Examples = ["aeos restore logs again-1 --location location.yaml"],
        };
        command.Add(name);
        keys.AddTo(command);
        location.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var bucket = await OpenedBucket.OpenAsync(result, location, keys, null, cancellationToken).ConfigureAwait(false);
            var key = new RestoreKeys(result.GetRequiredValue(name)).Logs;
            await using var content = await bucket.Reader.OpenCompanionAsync(key, null, cancellationToken).ConfigureAwait(false);
            using var lines = new StreamReader(content);
            while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                await Console.Out.WriteLineAsync(SafeText.Line(line)).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
