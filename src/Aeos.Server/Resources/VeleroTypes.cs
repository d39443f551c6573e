using Aeos.Kubernetes.Discovery;
using Aeos.Velero.Resources;

namespace Aeos.Server.Resources;

/// <summary>The types of <c>velero.io/v1</c> that a server works on. None has a status subresource, as Velero's have none.</summary>
public static class VeleroTypes
{
    /// <summary>The group.</summary>
    public const string Group = "velero.io";

    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>Backups.</summary>
    public static ResourceType<BackupDocument> Backups { get; } = new(Api("backups", "Backup"), DocumentTypes.Backup);

    /// <summary>Restores.</summary>
    public static ResourceType<RestoreDocument> Restores { get; } = new(Api("restores", "Restore"), DocumentTypes.Restore);

    /// <summary>Schedules.</summary>
    public static ResourceType<ScheduleDocument> Schedules { get; } = new(Api("schedules", "Schedule"), DocumentTypes.Schedule);

    /// <summary>Backup storage locations.</summary>
    public static ResourceType<BackupStorageLocationDocument> BackupStorageLocations { get; } =
        new(Api("backupstoragelocations", "BackupStorageLocation"), DocumentTypes.BackupStorageLocation);

    /// <summary>Requests to delete a backup.</summary>
    public static ResourceType<DeleteBackupRequestDocument> DeleteBackupRequests { get; } =
        new(Api("deletebackuprequests", "DeleteBackupRequest"), DocumentTypes.DeleteBackupRequest);

    /// <summary>Requests for an address to download from.</summary>
    public static ResourceType<DownloadRequestDocument> DownloadRequests { get; } = new(Api("downloadrequests", "DownloadRequest"), DocumentTypes.DownloadRequest);

    /// <summary>Requests for the server's version.</summary>
    public static ResourceType<ServerStatusRequestDocument> ServerStatusRequests { get; } =
        new(Api("serverstatusrequests", "ServerStatusRequest"), DocumentTypes.ServerStatusRequest);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApiResource> All { get; } =
    [
        Backups.Api, Restores.Api, Schedules.Api, BackupStorageLocations.Api, DeleteBackupRequests.Api, DownloadRequests.Api, ServerStatusRequests.Api,
    ];

    private static ApiResource Api(string name, string kind)
        => new() { Group = Group, Version = "v1", Name = name, Kind = kind, Namespaced = true, Verbs = AllVerbs };
}
