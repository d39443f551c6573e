using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Stores;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup create</c>.</summary>
internal static class CreateCommand
{
    public static Command Create()
    {
        var format = ListingFormatOption.Create();
        var (location, cluster, wanted) = (LocationOptions.ForVerbs(), new ClusterOptions(), new WantedBackupOptions());
        var bucket = new BucketBackup(location);
        var server = new ServerBackup(bucket.Spec);
        var command = new DocumentedCommand("create", "Back a cluster up: let its server do it, or with --location do it here, with nothing installed in the cluster.")
        {
            Notes =
            [
                "Without --location a Backup is created in the cluster for the server. --encryption-secret and --features EnableEncryption become its spec.encryption; else the server's flags decide.",
                "The data of volumes is not in the backup: claims and volumes are, as resources, and the results name each claim. Velero's flags that ask for it are refused.",
                "Exit code 1 when a backup that is waited for is not Completed; \"aeos backup describe\" says why.",
                "-o json and -o yaml print what would be asked for and do nothing, as Velero's client does. With --location they print the backup's document when it is done.",
            ],
            Examples =
            [
                "aeos backup create shop-1 --include-namespaces shop --wait",
                "aeos backup create --from-schedule nightly",
                "aeos backup create nightly-1 --location location.yaml --features EnableEncryption --encryption-key-file backup.key",
                "aeos backup create shop-1 --location location.yaml --include-namespaces shop --features EnableEncryption --encryption-secret backup-key",
            ],
        };
        location.AddTo(command);
        bucket.AddTo(command);
        wanted.AddTo(command);
        server.AddTo(command);
        cluster.AddWithRatesTo(command);
        command.Add(format);
        command.SetAction((result, cancellationToken) =>
        {
            var output = ListingFormatOption.Read(result, format);
            if (location.IsGiven(result))
            {
                server.Refuse(result);
                return bucket.RunAsync(result, wanted.Read(result, cluster.Namespace(result)), cluster, output, cancellationToken);
            }

            bucket.Refuse(result);
            return server.RunAsync(result, wanted, cluster, output, cancellationToken);
        });
        return command;
    }
}
