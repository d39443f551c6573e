using Aeos.Kubernetes;
using Aeos.Server.Controllers;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server;

/// <summary>What the server's parts share.</summary>
internal sealed class ServerContext
{
    /// <param name="options">What the server is told.</param>
    /// <param name="cluster">For the controllers' own requests.</param>
    /// <param name="engine">For backups and restores, which are held to the rates that the server is given.</param>
    /// <param name="logs">Makes loggers.</param>
    /// <param name="time">The clock.</param>
    public ServerContext(ServerOptions options, KubernetesClient cluster, KubernetesClient engine, ILoggerFactory logs, TimeProvider time)
    {
        (Options, Cluster, Engine, Logs, Time) = (options, cluster, engine, logs, time);
        (Backups, BackupInformer) = Of(VeleroTypes.Backups);
        (Restores, RestoreInformer) = Of(VeleroTypes.Restores);
        (Schedules, ScheduleInformer) = Of(VeleroTypes.Schedules);
        (BackupStorageLocations, BackupStorageLocationInformer) = Of(VeleroTypes.BackupStorageLocations);
        (DeleteBackupRequests, DeleteBackupRequestInformer) = Of(VeleroTypes.DeleteBackupRequests);
        (DownloadRequests, DownloadRequestInformer) = Of(VeleroTypes.DownloadRequests);
        (ServerStatusRequests, ServerStatusRequestInformer) = Of(VeleroTypes.ServerStatusRequests);
    }

    public ServerOptions Options { get; }

    public KubernetesClient Cluster { get; }

    public KubernetesClient Engine { get; }

    public ILoggerFactory Logs { get; }

    public TimeProvider Time { get; }

    public ResourceClient<BackupDocument> Backups { get; }

    public Informer<BackupDocument> BackupInformer { get; }

    public ResourceClient<RestoreDocument> Restores { get; }

    public Informer<RestoreDocument> RestoreInformer { get; }

    public ResourceClient<ScheduleDocument> Schedules { get; }

    public Informer<ScheduleDocument> ScheduleInformer { get; }

    public ResourceClient<BackupStorageLocationDocument> BackupStorageLocations { get; }

    public Informer<BackupStorageLocationDocument> BackupStorageLocationInformer { get; }

    public ResourceClient<DeleteBackupRequestDocument> DeleteBackupRequests { get; }

    public Informer<DeleteBackupRequestDocument> DeleteBackupRequestInformer { get; }

    public ResourceClient<DownloadRequestDocument> DownloadRequests { get; }

    public Informer<DownloadRequestDocument> DownloadRequestInformer { get; }

    public ResourceClient<ServerStatusRequestDocument> ServerStatusRequests { get; }

    public Informer<ServerStatusRequestDocument> ServerStatusRequestInformer { get; }

    /// <summary>Makes a controller over resources of one type; all are looked at once a minute at least.</summary>
    /// <param name="name">Velero's name for it.</param>
    /// <param name="informer">Its resources.</param>
    /// <param name="reconciler">What it does.</param>
    /// <param name="workers">How many resources at once.</param>
    public Controller Controller<T>(string name, Informer<T> informer, IReconciler reconciler, int workers = 1)
        where T : class, IResourceDocument => Controllers.Controller.Over(name, informer, reconciler, workers, TimeSpan.FromMinutes(1), this);

    private (ResourceClient<T> Client, Informer<T> Informer) Of<T>(ResourceType<T> type)
        where T : class, IResourceDocument
    {
        var client = new ResourceClient<T>(Cluster, type, Options.Namespace);
        return (client, new Informer<T>(Cluster, client, Time, Logs.CreateLogger("informer")));
    }
}
