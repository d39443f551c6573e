using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup</c>: Velero's verbs, straight against a bucket.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand("backup", "Back clusters up into a location, and see what is there, Velero's own backups too.")
        {
            Examples = ["aeos backup get --location location.yaml", "aeos backup describe nightly-1 --location location.yaml"],
        };
        command.Add(CreateCommand.Create());
        command.Add(GetCommand.Create());
        command.Add(DescribeCommand.Create());
        command.Add(LogsCommand.Create());
        command.Add(DownloadCommand.Create());
        command.Add(DeleteCommand.Create());
        return command;
    }
}
