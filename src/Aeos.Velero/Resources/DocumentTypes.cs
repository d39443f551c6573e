using System.Text.Json.Serialization.Metadata;

namespace Aeos.Velero.Resources;

/// <summary>How each resource is read and written as JSON.</summary>
public static class DocumentTypes
{
    /// <summary>Backup.</summary>
    public static JsonTypeInfo<BackupDocument> Backup => DocumentJson.Default.BackupDocument;

    /// <summary>Restore.</summary>
    public static JsonTypeInfo<RestoreDocument> Restore => DocumentJson.Default.RestoreDocument;

    /// <summary>Schedule.</summary>
    public static JsonTypeInfo<ScheduleDocument> Schedule => DocumentJson.Default.ScheduleDocument;

    /// <summary>BackupStorageLocation.</summary>
    public static JsonTypeInfo<BackupStorageLocationDocument> BackupStorageLocation => DocumentJson.Default.BackupStorageLocationDocument;

    /// <summary>DeleteBackupRequest.</summary>
    public static JsonTypeInfo<DeleteBackupRequestDocument> DeleteBackupRequest => DocumentJson.Default.DeleteBackupRequestDocument;

    /// <summary>DownloadRequest.</summary>
    public static JsonTypeInfo<DownloadRequestDocument> DownloadRequest => DocumentJson.Default.DownloadRequestDocument;

    /// <summary>ServerStatusRequest.</summary>
    public static JsonTypeInfo<ServerStatusRequestDocument> ServerStatusRequest => DocumentJson.Default.ServerStatusRequestDocument;
}
