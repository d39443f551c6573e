using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Files;
using Aeos.Cli.Options;
using Aeos.Server.Resources;

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
        var options = new RecordOptions(readsArchives: true);
        var command = new DocumentedCommand("download", "Fetch a backup's archive, verified and decrypted: a tar.gz.")
        {
            Notes = ["Without --location the server decrypts it, and hands archives out only when it runs with --download-archives."],
            Examples = ["aeos backup download nightly-1", "aeos backup download nightly-1 --location location.yaml -o - | tar -tz"],
        };
        command.Add(name);
        command.Add(output);
        command.Add(force);
        options.AddTo(command);
        options.Complete(name, VeleroTypes.Backups);
        command.SetAction((result, cancellationToken) =>
        {
            var wanted = name.Read(result);
            return options.RunAsync(
                result,
                async records =>
                {
                    var found = await records.FindBackupsAsync([wanted], null, cancellationToken).ConfigureAwait(false);
                    var path = result.GetValue(output) ?? $"{wanted}-data.tar.gz";
                    await using var archive = await records.OpenArchiveAsync(found.All[0], cancellationToken).ConfigureAwait(false);
                    await using var target = await OutputFile.OpenAsync(path, OutputContent.Plaintext, cancellationToken).ConfigureAwait(false);
                    using var progress = Progress.Of(RecordPart.BackupArchive(wanted).Key, total: null, path);
                    await PlaintextTransfer.CopyAsync(archive, target, progress, cancellationToken).ConfigureAwait(false);
                    return ExitCode.Done;
                },
                cancellationToken);
        });
        return command;
    }
}
