using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Server.Downloads.Requests;

/// <summary>Which object is meant by what can be downloaded.</summary>
internal static class TargetKeys
{
    /// <summary>The object's key; null for a kind that is not known.</summary>
    public static string? Find(DownloadTarget target) => target.Kind switch
    {
        DownloadTargetKind.BackupLog => Backup(target).Logs,
        DownloadTargetKind.BackupContents => Backup(target).Archive,
        DownloadTargetKind.BackupVolumeSnapshots => Backup(target).VolumeSnapshots,
        DownloadTargetKind.BackupItemOperations => Backup(target).ItemOperations,
        DownloadTargetKind.BackupResourceList => Backup(target).ResourceList,
        DownloadTargetKind.BackupResults => Backup(target).Results,
        DownloadTargetKind.BackupVolumeInfos => Backup(target).VolumeInfo,
        DownloadTargetKind.CSIBackupVolumeSnapshots => Backup(target).CsiVolumeSnapshots,
        DownloadTargetKind.CSIBackupVolumeSnapshotContents => Backup(target).CsiVolumeSnapshotContents,
        DownloadTargetKind.RestoreLog => Restore(target).Logs,
        DownloadTargetKind.RestoreResults => Restore(target).Results,
        DownloadTargetKind.RestoreResourceList => Restore(target).ResourceList,
        DownloadTargetKind.RestoreItemOperations => Restore(target).ItemOperations,
        DownloadTargetKind.RestoreVolumeInfo => Restore(target).VolumeInfo,
        _ => null,
    };

    /// <summary>Whether the object is a restore's.</summary>
    public static bool IsOfRestore(DownloadTarget target)
        => Find(target)?.StartsWith(RestoreKeys.Root, StringComparison.Ordinal) == true;

    private static BackupKeys Backup(DownloadTarget target) => new(target.Name);

    private static RestoreKeys Restore(DownloadTarget target) => new(target.Name);
}
