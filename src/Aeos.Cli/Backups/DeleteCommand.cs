using System.CommandLine;
using Aeos.Backup.Backups;
using Aeos.Cli.Cluster;
using Aeos.Cli.CommandLine;
using Aeos.Cli.Engine;
using Aeos.ObjectStore;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Backups;

/// <summary><c>aeos backup delete</c>.</summary>
internal static class DeleteCommand
{
    public static Command Create() => new DeleteVerb<BackupDocument>(VeleroTypes.Backups)
    {
        Trail = " The records of restores go with their backup.",
        Open = static async (location, result, cancellationToken) => (await location.OpenWritableAsync(result, cancellationToken).ConfigureAwait(false)).Bucket,
        List = static (reader, selector, cancellationToken) => StoredBackups.FindAsync(reader, [], selector, cancellationToken),
        DeleteStored = DeleteStoredAsync,
        DeleteResource = RequestAsync,
    }.Create(new DocumentedCommand("delete", "Delete backups: all of their objects in the location, and the records of restores from them.")
    {
        Notes =
        [
            "Without --location the server is asked to do it, by a DeleteBackupRequest: the backup is gone once the server has removed all of it.",
            "Needs no key. The records of a backup's restores go with it, as with Velero; what was restored stays in the cluster.",
            "Of Velero's own restores no document in the bucket says which backup they were of: \"aeos restore delete\" removes what they left.",
        ],
        Examples = ["aeos backup delete nightly-1", "aeos backup delete --selector velero.io/schedule-name=nightly --confirm", "aeos backup delete nightly-1 --location location.yaml --confirm"],
    });

    private static async Task<string> DeleteStoredAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        var (objects, restores) = await BackupRemoval.WithRestoresAsync(store, name, Report.Warning, cancellationToken).ConfigureAwait(false);
        return restores.Count == 0 ? $"{objects} objects" : $"{objects} objects, and the records of its restores {string.Join(", ", restores)}";
    }

    private static async Task<string> RequestAsync(ServerResources resources, BackupDocument backup, CancellationToken cancellationToken)
    {
        var name = backup.Metadata.Name;
        await resources.CreateNamedAsync(
            VeleroTypes.DeleteBackupRequests,
            name,
            request => new DeleteBackupRequestDocument
            {
                Metadata = new DocumentMetadata
                {
                    Name = request,
                    Namespace = resources.Namespace,
                    Labels = DeletionLabels.Of(backup),
                },
                Spec = new DeleteBackupRequestSpec { BackupName = name },
            },
            cancellationToken).ConfigureAwait(false);
        return $"Backup {name} will be deleted: the server was asked to remove its objects and the records of its restores.";
    }
}
