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
        var format = ListingFormatOption.Create();
        var (location, cluster, wanted) = (LocationOptions.ForVerbs(), new ClusterOptions(), new WantedRestoreOptions());
        var (bucket, server) = (new BucketRestore(location), new ServerRestore());
        var command = new DocumentedCommand("create", "Restore a backup into the cluster: let its server do it, or with --location do it here.")
        {
            Notes =
            [
                "Without --location a Restore is created in the cluster for the server, which reads the backup with its own keys.",
                "Nothing is applied unless the archive is verified to its end; meanwhile it lies in a temporary file, encrypted under a key in memory.",
                "Volume data is not restored: claims come back with new, empty volumes. Exit code 1 when a restore that is waited for is not Completed.",
                "-o json and -o yaml print what would be asked for and do nothing, as Velero's client does. With --location they print the restore's document when it is done.",
            ],
            Examples =
            [
                "aeos restore create again-1 --from-backup nightly-1 --wait",
                "aeos restore create again-1 --location location.yaml --from-backup nightly-1 --encryption-key-file aeos.key",
                "aeos restore create copy-1 --location location.yaml --from-backup nightly-1 --include-namespaces shop --namespace-mappings shop:shop-copy",
            ],
        };
        location.AddTo(command);
        wanted.AddTo(command);
        bucket.AddTo(command);
        server.AddTo(command);
        cluster.AddWithRatesTo(command);
        command.Add(format);
        wanted.Complete(cluster, location);
        command.SetAction((result, cancellationToken) =>
        {
            var output = ListingFormatOption.Read(result, format);
            if (location.IsGiven(result))
            {
                return bucket.RunAsync(result, wanted, cluster, output, cancellationToken);
            }

            bucket.Refuse(result);
            return server.RunAsync(result, wanted, cluster, output, cancellationToken);
        });
        return command;
    }
}
