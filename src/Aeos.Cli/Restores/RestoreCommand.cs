using System.CommandLine;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore</c>: from a bucket into a cluster, with nothing installed in it.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand("restore", "Restore backups into a cluster, straight from the bucket.")
        {
            Notes = ["Nothing is applied before the whole archive has been read and verified. What Velero wrote is restored as well, volume data excepted."],
            Examples = ["aeos restore create again-1 --location location.yaml --from-backup nightly-1 --encryption-key-file aeos.key"],
        };
        command.Add(RestoreCreateCommand.Create());
        command.Add(RestoreGetCommand.Create());
        command.Add(RestoreDescribeCommand.Create());
        command.Add(RestoreLogsCommand.Create());
        command.Add(RestoreDeleteCommand.Create());
        return command;
    }
}
