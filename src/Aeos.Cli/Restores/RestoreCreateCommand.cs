using System.CommandLine;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.Cli.Stores;

namespace Aeos.Cli.Restores;

/// <summary><c>aeos restore create</c>.</summary>
internal static class RestoreCreateCommand
{
    public static Command Create()
    {
        var wait = new Option<bool>("--wait", "-w") { Description = "As with Velero; here the restore is always waited for.", Hidden = true };
        var format = ListingFormatOption.Create();
        var (location, cluster, wanted) = (new LocationOptions(hasShortName: false), new ClusterOptions(), new WantedRestoreOptions());
        var bucket = new BucketRestore(location);
        var command = new DocumentedCommand("create", "Restore a backup into the cluster.")
        {
            Notes =
            [
                "Nothing is applied unless the archive is verified to its end; meanwhile it lies in a temporary file, encrypted under a key in memory.",
                "Volume data is not restored: claims come back with new, empty volumes. Exit code 1 when the restore is PartiallyFailed.",
                "-o json and -o yaml print the restore's document when it is done. (Velero's client prints the request, and does nothing.)",
            ],
            Examples =
            [
                "aeos restore create again-1 --location location.yaml --from-backup nightly-1 --encryption-key-file aeos.key",
                "aeos restore create copy-1 --location location.yaml --from-backup nightly-1 --include-namespaces shop --namespace-mappings shop:shop-copy",
            ],
        };
        location.AddTo(command);
        wanted.AddTo(command);
        bucket.AddTo(command);
        command.Add(wait);
        cluster.AddWithRatesTo(command);
        command.Add(format);
        command.SetAction((result, cancellationToken) =>
            bucket.RunAsync(result, wanted, cluster, ListingFormatOption.Read(result, format), cancellationToken));
        return command;
    }
}
