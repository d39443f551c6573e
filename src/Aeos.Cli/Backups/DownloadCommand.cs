using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Files;
using Aeos.Cli.Options;
using Aeos.Velero.Layout;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup download</c>.</summary>
internal static class DownloadCommand
{
    public static Command Create()
    {
        var name = NameArgument.Required("backup");
        var output = new Option<string?>("-o", "--output")
        {
            HelpName = "OUT",
            Description = "The file to write; it appears whole or not at all, in place of one that is there. Absent: NAME-data.tar.gz. -: standard output.",
        };
        var force = new Option<bool>("--force") { Description = "As with Velero; here a file that is there is always replaced.", Hidden = true };
        var require = new Option<bool>("--require-encryption") { Description = "Refuse an archive that is not encrypted." };
        var bucketOptions = new BucketOptions();
        var command = new DocumentedCommand("download", "Fetch a backup's archive, verified and decrypted: a tar.gz.")
        {
            Examples = ["aeos backup download nightly-1 --location location.yaml", "aeos backup download nightly-1 --location location.yaml -o - | tar -tz"],
        };
        command.Add(name);
        command.Add(output);
        command.Add(force);
        command.Add(require);
        bucketOptions.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var wanted = name.Read(result);
            return bucketOptions.RunAsync(
                result,
                async bucket =>
                {
                    var document = await bucket.Reader.ReadBackupAsync(wanted, cancellationToken).ConfigureAwait(false);
                    var keys = new BackupKeys(wanted);
                    var path = result.GetValue(output) ?? $"{keys.Name}-data.tar.gz";
                    await using var archive = await bucket.Reader.OpenArchiveAsync(
                        keys.Name, document.Status.Encryption, result.GetValue(require), cancellationToken).ConfigureAwait(false);
                    await using var target = await OutputFile.OpenAsync(path, OutputContent.Plaintext, cancellationToken).ConfigureAwait(false);
                    using var progress = Progress.Of(keys.Archive, total: null, path);
                    await PlaintextTransfer.CopyAsync(archive, target, progress, cancellationToken).ConfigureAwait(false);
                    return ExitCode.Done;
                },
                cancellationToken);
        });
        return command;
    }
}
