using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Velero.Layout;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup logs</c>.</summary>
internal static class LogsCommand
{
    public static Command Create()
    {
        var name = NameArgument.Required("backup");
        var bucketOptions = new BucketOptions();
        var command = new DocumentedCommand("logs", "Print a backup's log, decrypted.") { Examples = ["aeos backup logs nightly-1 --location location.yaml"] };
        command.Add(name);
        bucketOptions.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var wanted = name.Read(result);
            return bucketOptions.RunAsync(
                result,
                async bucket =>
                {
                    var document = await bucket.Reader.ReadBackupAsync(wanted, cancellationToken).ConfigureAwait(false);
                    await StoredLog.PrintAsync(bucket.Reader, new BackupKeys(wanted).Logs, document.Status.Encryption, cancellationToken).ConfigureAwait(false);
                    return ExitCode.Done;
                },
                cancellationToken);
        });
        return command;
    }
}
