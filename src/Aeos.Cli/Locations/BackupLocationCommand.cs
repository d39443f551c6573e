using System.CommandLine;
using Aeos.Backup;
using Aeos.Backup.Filters;
using Aeos.Cli.Backups;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Locations;

/// <summary><c>aeos backup-location</c>: the buckets that the server in the cluster knows.</summary>
internal static class BackupLocationCommand
{
    private const string LocationLabel = "velero.io/storage-location";

    public static Command Create()
    {
        var verbs = new ResourceVerbs<BackupStorageLocationDocument>(VeleroTypes.BackupStorageLocations);
        var command = new DocumentedCommand("backup-location", "Tell the server in the cluster which buckets there are.")
        {
            Examples = ["aeos backup-location get", "aeos backup-location create default --provider aeos.io/azure --bucket backups --default"],
        };
        var onlyDefault = new Option<bool>("--default") { Description = "Only the default one." };
        var get = new DocumentedCommand("get", "List locations, and whether they can be used.") { Examples = ["aeos backup-location get", "aeos backup-location get default -o yaml > location.yaml"] };
        get.Add(onlyDefault);
        command.Add(BackupLocationCreateCommand.Create());
        command.Add(verbs.Get(get, BackupLocationTable.Of, (result, location) => !result.GetValue(onlyDefault) || location.Spec.Default == true));
        command.Add(BackupLocationSetCommand.Create());
        command.Add(verbs.Delete(
            new DocumentedCommand("delete", "Make the server forget locations, and the backups in them. What is in the bucket stays.")
            {
                Notes = ["The Backups in the cluster go as well, as with Velero: a location that is told of again brings them back from its bucket."],
                Examples = ["aeos backup-location delete old", "aeos backup-location delete old --confirm"],
            },
            trail: " Its Backups in the cluster go with it; what is in the bucket stays.",
            DeleteAsync));
        return command;
    }

    private static async Task<string> DeleteAsync(ServerResources resources, BackupStorageLocationDocument location, CancellationToken cancellationToken)
    {
        var name = location.Metadata.Name;
        await resources.Of(VeleroTypes.BackupStorageLocations).DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        var selector = new Selector(new LabelSelector { MatchLabels = new Dictionary<string, string> { [LocationLabel] = LabelValue.Of(name) } });
        var backups = await resources.FindAsync(VeleroTypes.Backups, [], selector, BackupOrder.Instance, cancellationToken).ConfigureAwait(false);
        foreach (var backup in backups.All)
        {
            await resources.Of(VeleroTypes.Backups).DeleteAsync(backup.Metadata.Name, cancellationToken).ConfigureAwait(false);
        }

        return $"Location {name} deleted{(backups.All.Count == 0 ? "" : $", and the Backups {string.Join(", ", backups.All.Select(static backup => backup.Metadata.Name))} in the cluster")}.";
    }
}
