using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Layout;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup logs</c>.</summary>
internal static class LogsCommand
{
    public static Command Create()
    {
        var name = BackupCommand.Name();
        var reading = new ReadingOptions();
        var command = new DocumentedCommand("logs", "Print a backup's log, decrypted.") { Examples = ["aeos backup logs nightly-1 --location location.yaml"] };
        command.Add(name);
        reading.AddTo(command);
        command.SetAction((result, cancellationToken) => reading.RunAsync(
            result,
            async reader =>
            {
                var document = await reader.ReadBackupAsync(result.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
                var key = new BackupKeys(result.GetRequiredValue(name)).Logs;
                await using var log = await reader.OpenCompanionAsync(key, document.Status.Encryption, cancellationToken).ConfigureAwait(false);
                using var lines = new StreamReader(log);
                while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
                {
                    await Console.Out.WriteLineAsync(SafeText.Line(line)).ConfigureAwait(false);
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
