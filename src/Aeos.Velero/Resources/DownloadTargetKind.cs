namespace Aeos.Velero.Resources;

/// <summary>What can be downloaded (Velero 1.18, pkg/apis/velero/v1/download_request_types.go).</summary>
public static class DownloadTargetKind
{
    /// <summary>A backup's log.</summary>
    public const string BackupLog = "BackupLog";

    /// <summary>A backup's archive.</summary>
    public const string BackupContents = "BackupContents";

    /// <summary>A backup's volume snapshots.</summary>
    public const string BackupVolumeSnapshots = "BackupVolumeSnapshots";

    /// <summary>A backup's item operations.</summary>
    public const string BackupItemOperations = "BackupItemOperations";

    /// <summary>The list of what is in a backup.</summary>
    public const string BackupResourceList = "BackupResourceList";

    /// <summary>A backup's errors and warnings.</summary>
    public const string BackupResults = "BackupResults";

    /// <summary>A restore's log.</summary>
    public const string RestoreLog = "RestoreLog";

    /// <summary>A restore's errors and warnings.</summary>
    public const string RestoreResults = "RestoreResults";

    /// <summary>The list of what was restored.</summary>
    public const string RestoreResourceList = "RestoreResourceList";

    /// <summary>A restore's item operations.</summary>
    public const string RestoreItemOperations = "RestoreItemOperations";

    /// <summary>A backup's CSI volume snapshots.</summary>
    public const string CSIBackupVolumeSnapshots = "CSIBackupVolumeSnapshots";

    /// <summary>A backup's CSI volume snapshot contents.</summary>
    public const string CSIBackupVolumeSnapshotContents = "CSIBackupVolumeSnapshotContents";

    /// <summary>What became of a backup's volumes.</summary>
    public const string BackupVolumeInfos = "BackupVolumeInfos";

    /// <summary>What became of a restore's volumes.</summary>
    public const string RestoreVolumeInfo = "RestoreVolumeInfo";
}
