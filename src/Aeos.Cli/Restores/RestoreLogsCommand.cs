using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Options;
using Aeos.Velero.Layout;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore logs</c>.</summary>
internal static class RestoreLogsCommand
{
    public static Command Create()
    {
        var name = NameArgument.Required("restore");
        var bucketOptions = new BucketOptions();
        var command = new DocumentedCommand("logs", "Print a restore's log, decrypted.") { Examples = ["aeos restore logs again-1 --location location.yaml"] };
        command.Add(name);
        bucketOptions.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var wanted = name.Read(result);
            return bucketOptions.RunAsync(
                result,
                async bucket =>
                {
                    var document = await StoredRestores.ReadAsync(bucket.Reader, wanted, cancellationToken).ConfigureAwait(false);
                    var hint = await RestoreHint.FindAsync(bucket, document, cancellationToken).ConfigureAwait(false);
                    await StoredLog.PrintAsync(bucket.Reader, new RestoreKeys(document.Metadata.Name).Logs, hint, cancellationToken).ConfigureAwait(false);
                    return ExitCode.Done;
                },
                cancellationToken);
        });
        return command;
    }
}
