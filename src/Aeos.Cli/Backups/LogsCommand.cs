using System.CommandLine;
using System.Text;
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
                var document = await reader.ReadDocumentAsync(result.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
                var key = new BackupKeys(result.GetRequiredValue(name)).Logs;
                var log = await reader.ReadTextAsync(key, document.Status.Encryption, cancellationToken).ConfigureAwait(false)
                    ?? throw new AeosException($"the backup has no log \"{key}\"", "Look at what it has with \"aeos store ls\".");
                foreach (var line in Encoding.UTF8.GetString(log).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    await Console.Out.WriteLineAsync(SafeText.Line(line)).ConfigureAwait(false);
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
