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
        var wait = new Option<bool>("--wait", "-w") { Description = "As with Velero; here the backup is always waited for.", Hidden = true };
        var format = ListingFormatOption.Create();
        var (location, cluster, wanted) = (new LocationOptions(hasShortName: false), new ClusterOptions(), new WantedBackupOptions());
        var bucket = new BucketBackup(location);
        var command = new DocumentedCommand("create", "Back a cluster up into a location, in Velero's format, with nothing installed in the cluster.")
        {
            Notes =
            [
                "The data of volumes is not in the backup: claims and volumes are, as resources, and the results name each claim. Velero's flags that ask for it are refused.",
                "Exit code 1 when the backup is PartiallyFailed; \"aeos backup describe\" says why.",
                "-o json and -o yaml print the backup's document when it is done. (Velero's client prints the request, and does nothing.)",
            ],
            Examples =
            [
                "aeos backup create nightly-1 --location location.yaml --features EnableEncryption --encryption-key-file backup.key",
                "aeos backup create shop-1 --location location.yaml --include-namespaces shop --features EnableEncryption --encryption-secret backup-key",
            ],
        };
        location.AddTo(command);
        bucket.AddTo(command);
        wanted.AddTo(command);
        command.Add(wait);
        cluster.AddWithRatesTo(command);
        command.Add(format);
        command.SetAction((result, cancellationToken) =>
            bucket.RunAsync(result, wanted.Read(result, cluster.Namespace(result)), cluster, ListingFormatOption.Read(result, format), cancellationToken));
        return command;
    }
}
