using Aeos.Backup.Backups;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Controllers;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Backups;

/// <summary>
/// Puts new backups into the queue and takes the next one out when there is room and no earlier one is about the same namespaces
/// (Velero 1.18, pkg/controller/backup_queue_controller.go).
/// </summary>
/// <param name="server">The server.</param>
internal sealed partial class BackupQueueController(ServerContext server) : IReconciler
{
    public const string Name = "backup-queue";

    private readonly ILogger _log = server.Logs.CreateLogger(Name);

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        switch (server.BackupInformer.Find(name))
        {
            case { Status.Phase: null or "" or BackupPhase.New } added:
                await EnqueueAsync(added, cancellationToken).ConfigureAwait(false);
                break;
            case { Status.Phase: BackupPhase.Queued } queued:
                await TryDequeueAsync(queued, cancellationToken).ConfigureAwait(false);
                break;
        }

        return null;
    }

    /// <summary>Those that wait, the next one first.</summary>
    public IReadOnlyList<BackupDocument> Waiting() => [.. server.BackupInformer.Items
        .Where(static item => item.Status.Phase == BackupPhase.Queued)
        .OrderBy(static item => item.Status.QueuePosition ?? 0).ThenBy(static item => item.Metadata.CreationTimestamp, StringComparer.Ordinal).ThenBy(static item => item.Metadata.Name, StringComparer.Ordinal)];

    private async Task EnqueueAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var position = (Waiting() is [.., var last] ? last.Status.QueuePosition ?? 0 : 0) + 1;
        await ChangeAsync(backup, BackupPhase.Queued, position, cancellationToken).ConfigureAwait(false);
        Queued(backup.Metadata.Name, position);
    }

    private async Task TryDequeueAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var running = server.BackupInformer.Items.Where(static item => item.Status.Phase is BackupPhase.ReadyToStart or BackupPhase.InProgress).ToList();
        if (running.Count >= server.Options.ConcurrentBackups)
        {
            return;
        }

        var waiting = Waiting();
        var earlier = waiting.TakeWhile(item => item.Metadata.Name != backup.Metadata.Name).ToList();

        // With one at a time there is no conflict, and no need to ask for the namespaces.
        if (earlier.Count > 0 || running.Count > 0)
        {
            var namespaces = await NamespacesAsync(cancellationToken).ConfigureAwait(false);
            if (running.Concat(earlier).FirstOrDefault(other => BackupConflict.Exists(backup.Spec, other.Spec, namespaces)) is { } conflict)
            {
                Conflict(backup.Metadata.Name, conflict.Metadata.Name);
                return;
            }

            if (earlier.FirstOrDefault(item => running.Concat(earlier.TakeWhile(before => before != item)).All(other => !BackupConflict.Exists(item.Spec, other.Spec, namespaces))) is not null)
            {
                // It has been asked about, too, and goes first.
                return;
            }
        }

        await ChangeAsync(backup, BackupPhase.ReadyToStart, null, cancellationToken).ConfigureAwait(false);
        foreach (var (index, item) in waiting.Where(item => item.Metadata.Name != backup.Metadata.Name).Index())
        {
            await ChangeAsync(item, BackupPhase.Queued, index + 1, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ChangeAsync(BackupDocument backup, string phase, int? position, CancellationToken cancellationToken)
    {
        if (backup.Status.Phase != phase || backup.Status.QueuePosition != position)
        {
            var after = backup with { Status = backup.Status with { Phase = phase, QueuePosition = position } };
            server.BackupInformer.Note(await server.Backups.PatchUnchangedAsync(backup, after, cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<HashSet<string>> NamespacesAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in server.Cluster.List(WellKnownResources.Namespaces, new ListOptions { ResourceVersion = "0" }).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            names.Add(item.Name);
        }

        return names;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Queueing backup {Backup}, queue position {Position}")]
    private partial void Queued(string backup, int position);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The backup {Backup} waits: it is about namespaces of {Other}")]
    private partial void Conflict(string backup, string other);
}
