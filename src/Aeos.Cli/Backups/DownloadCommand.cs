using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Files;
using Aeos.Velero.Layout;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup download</c>.</summary>
internal static class DownloadCommand
{
    public static Command Create()
    {
        var name = BackupCommand.Name();
        var output = new Option<string?>("-o", "--output")
        {
            HelpName = "OUT",
            Description = "The file to write; it appears whole or not at all. Absent: NAME-data.tar.gz. -: standard output.",
        };
        var reading = new ReadingOptions();
        var command = new DocumentedCommand("download", "Fetch a backup's archive, verified and decrypted: a tar.gz.")
        {
            Examples = ["aeos backup download nightly-1 --location location.yaml", "aeos backup download nightly-1 --location location.yaml -o - | tar -tz"],
        };
        command.Add(name);
        command.Add(output);
        reading.AddTo(command);
        command.SetAction((result, cancellationToken) => reading.RunAsync(
            result,
            async reader =>
            {
                var backup = result.GetRequiredValue(name);
                var path = result.GetValue(output) ?? $"{backup}-data.tar.gz";
                var document = await reader.ReadBackupAsync(backup, cancellationToken).ConfigureAwait(false);
                var key = new BackupKeys(backup).Archive;
                await using var archive = await reader.OpenArchiveAsync(backup, document.Status.Encryption, requireEncryption: false, cancellationToken).ConfigureAwait(false);
                await using var target = await OutputFile.OpenAsync(path, OutputContent.Plaintext, cancellationToken).ConfigureAwait(false);
                using var progress = Progress.Of(key, total: null, path);
                await PlaintextTransfer.CopyAsync(archive, target, progress, cancellationToken).ConfigureAwait(false);
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
