using Aeos.Server.Backups;
using Aeos.Server.Collection;
using Aeos.Server.Controllers;
using Aeos.Server.Deletion;
using Aeos.Server.Downloads.Addresses;
using Aeos.Server.Downloads.Requests;
using Aeos.Server.Locations;
using Aeos.Server.Restores;
using Aeos.Server.Schedules;
using Aeos.Server.Status;
using Aeos.Server.Sync;
using Aeos.Velero.Resources;

namespace Aeos.Server;

/// <summary>The controllers that a server runs.</summary>
internal static class ServerControllers
{
    /// <summary>Makes those that are not disabled.</summary>
    /// <param name="server">The server.</param>
    /// <param name="downloads">Makes addresses of the server's own; null: it serves no downloads.</param>
    public static List<Controller> Create(ServerContext server, SignedAddresses? downloads)
    {
        var restores = new RestoreController(server);
        Controller[] all =
        [
            Queue(server),
            server.Controller(BackupController.Name, server.BackupInformer, new BackupController(server), server.Options.ConcurrentBackups),
            server.Controller(LocationController.Name, server.BackupStorageLocationInformer, new LocationController(server), LocationController.Workers),
            server.Controller(
                DownloadRequestController.Name, server.DownloadRequestInformer, new DownloadRequestController(server, server.Locations.OpenAsync, downloads), DownloadRequestController.Workers),
            server.Controller(ScheduleController.Name, server.ScheduleInformer, new ScheduleController(server)),
            server.Controller(StatusRequestController.Name, server.ServerStatusRequestInformer, new StatusRequestController(server)),
            server.Controller(RestoreController.Name, server.RestoreInformer, restores),
            server.Controller(RestoreDeletionController.Name, server.RestoreInformer, new RestoreDeletionController(server, restores.IsRunning)),
            server.Controller(BackupDeletionController.Name, server.DeleteBackupRequestInformer, new BackupDeletionController(server)),
            Collection(server),
            server.Controller(BackupSyncController.Name, server.BackupStorageLocationInformer, new BackupSyncController(server)),
        ];
        return [.. all.Where(controller => !server.Options.DisabledControllers.Contains(controller.Name))];
    }

    private static Controller Collection(ServerContext server) => Controller.Over(
        GarbageCollectionController.Name,
        server.BackupInformer,
        new GarbageCollectionController(server),
        1,
        GarbageCollectionController.Frequency(server.Options),
        server);

    private static Controller Queue(ServerContext server)
    {
        var reconciler = new BackupQueueController(server);
        var controller = server.Controller(BackupQueueController.Name, server.BackupInformer, reconciler);

        // One that ends makes room for those that wait.
        server.BackupInformer.Changed += name =>
        {
            if (server.BackupInformer.Find(name)?.Status.Phase is not (BackupPhase.Queued or BackupPhase.ReadyToStart))
            {
                foreach (var waiting in reconciler.Waiting().Take(server.Options.ConcurrentBackups * 4))
                {
                    controller.Queue.Add(waiting.Metadata.Name);
                }
            }
        };
        return controller;
    }
}
