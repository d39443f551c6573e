using Aeos.Kubernetes;
using Aeos.Server.Backups;
using Aeos.Server.Controllers;
using Aeos.Server.Encryption;
using Aeos.Server.Events;
using Aeos.Server.Locations;
using Aeos.Server.Metrics;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server;

/// <summary>What the server's parts share.</summary>
internal sealed class ServerContext
{
    private readonly UnreadableResources _unreadable;

    /// <param name="options">What the server is told.</param>
    /// <param name="cluster">For the controllers' own requests.</param>
    /// <param name="engine">For backups and restores, which are held to the rates that the server is given.</param>
    /// <param name="logs">Makes loggers.</param>
    /// <param name="time">The clock.</param>
    public ServerContext(ServerOptions options, KubernetesClient cluster, KubernetesClient engine, ILoggerFactory logs, TimeProvider time)
    {
        (Options, Cluster, Engine, Logs, Time) = (options, cluster, engine, logs, time);
        Locations = new ServerLocations(cluster, options.Namespace, logs.CreateLogger("locations")) { OnWritten = new ResourceTotals(this).Note };
        Events = new EventRecorder(cluster, options.Namespace, time, logs.CreateLogger("events"));
        Encryption = new ServerEncryption(this);
        Remains = new BackupRemains(this);
        _unreadable = new UnreadableResources(Events, logs.CreateLogger("resources"));
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

    public ServerMetrics Metrics { get; } = new();

    public ServerLocations Locations { get; }

    public EventRecorder Events { get; }

    public ServerEncryption Encryption { get; }

    public BackupRemains Remains { get; }

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

    /// <summary>Runs the caches of all types.</summary>
    public IEnumerable<Task> RunInformers(CancellationToken cancellationToken) =>
    [
        BackupInformer.RunAsync(cancellationToken),
        RestoreInformer.RunAsync(cancellationToken),
        ScheduleInformer.RunAsync(cancellationToken),
        BackupStorageLocationInformer.RunAsync(cancellationToken),
        DeleteBackupRequestInformer.RunAsync(cancellationToken),
        DownloadRequestInformer.RunAsync(cancellationToken),
        ServerStatusRequestInformer.RunAsync(cancellationToken),
    ];

    /// <summary>Waits until all caches are filled.</summary>
    public Task SyncedAsync(CancellationToken cancellationToken) => Task.WhenAll(
        BackupInformer.Synced,
        RestoreInformer.Synced,
        ScheduleInformer.Synced,
        BackupStorageLocationInformer.Synced,
        DeleteBackupRequestInformer.Synced,
        DownloadRequestInformer.Synced,
        ServerStatusRequestInformer.Synced).WaitAsync(cancellationToken);

    private (ResourceClient<T> Client, Informer<T> Informer) Of<T>(ResourceType<T> type)
        where T : class, IResourceDocument
    {
        var client = new ResourceClient<T>(Cluster, type, Options.Namespace) { OnUnreadable = _unreadable.TellAsync };
        return (client, new Informer<T>(Cluster, client, Time, Logs.CreateLogger("informer")));
    }
}
