using Aeos.Server.Locations;
using Aeos.Velero.Resources;

namespace Aeos.Server.Backups;

/// <summary>Finds the location of a backup, and says why it takes none (Velero 1.18, prepareBackupRequest in pkg/controller/backup_controller.go).</summary>
internal static class BackupLocation
{
    /// <summary>The location's name: the Backup's, or the default one's.</summary>
    public static string NameFor(BackupSpec spec, ServerContext server) => spec.StorageLocation is { Length: > 0 } named
        ? named
        : DefaultLocation.Marked(server.BackupStorageLocationInformer.Items).FirstOrDefault()?.Metadata.Name ?? server.Options.DefaultBackupStorageLocation;

    /// <summary>Why a location cannot take a backup; null when it can.</summary>
    public static string? Problem(string name, BackupStorageLocationDocument? location) => location switch
    {
        null => $"an existing backup storage location was not specified at backup creation time and the default {name} was not found. "
            + "Please address this issue (see `velero backup-location -h` for options) and create a new backup.",
        { Spec.AccessMode: "ReadOnly" } => $"backup can't be created because backup storage location {name} is currently in read-only mode",
        { Status.Phase: BackupStorageLocationPhase.Unavailable } =>
            $"backup can't be created because BackupStorageLocation {name} is in Unavailable status{(location.Status.Message is { Length: > 0 } why ? $": {why}" : ".")}",
        _ => null,
    };
}
