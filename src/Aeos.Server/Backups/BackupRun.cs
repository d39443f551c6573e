using Aeos.Backup.Backups;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Metrics;
using Aeos.Velero.Archive;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Backups;

/// <summary>One backup under way: its resource follows it, from InProgress to its end.</summary>
/// <param name="server">The server.</param>
/// <param name="log">Takes what happens.</param>
/// <param name="finish">Ends it.</param>
/// <param name="engine">Makes it.</param>
/// <param name="plan">What it is to be.</param>
internal sealed partial class BackupRun(ServerContext server, ILogger log, BackupFinish finish, BackupEngine engine, BackupPlan plan) : IProgress<BackupStep>
{
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = log;
    private long _items;

    /// <summary>Makes it. Whatever happens on the way is told by the resource.</summary>
    /// <exception cref="KubernetesApiException">Somebody changed the Backup: it was not begun.</exception>
    public async Task RunAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var current = await BeginAsync(backup, cancellationToken).ConfigureAwait(false);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = ShowProgressAsync(current, done.Token);
        try
        {
            var outcome = await engine.RunAsync(
                plan,
                this,
                async (document, token) =>
                {
                    await done.CancelAsync().ConfigureAwait(false);
                    current = await FinalizeAsync(await showing.ConfigureAwait(false), document, token).ConfigureAwait(false);
                    return BackupFinish.Ended(current);
                },
                cancellationToken).ConfigureAwait(false);
            await finish.EndAsync(current, outcome.Document, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Whatever it is: one that stayed InProgress would keep all others waiting.
            await done.CancelAsync().ConfigureAwait(false);
            await finish.FailAsync(await showing.ConfigureAwait(false), failure, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (failure is not (AeosException or KubernetesException or OperationCanceledException))
            {
                // A defect: the resource says its end all the same, and the log where it is.
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Report(BackupStep value) => Volatile.Write(ref _items, value.Items);

    private async Task<BackupDocument> BeginAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var now = server.Time.GetUtcNow();
        var begun = await server.Backups.PatchUnchangedAsync(
            backup,
            backup with
            {
                Metadata = backup.Metadata with { Labels = plan.Labels, Annotations = plan.Annotations },
                Spec = plan.Spec with { Metadata = backup.Spec.Metadata },
                Status = backup.Status with
                {
                    Version = 1,
                    FormatVersion = ArchiveFormat.Version,
                    Phase = BackupPhase.InProgress,
                    QueuePosition = null,
                    StartTimestamp = TimestampText.Format(now),
                    Expiration = TimestampText.Format(now + (DurationText.TryParse(plan.Spec.Ttl, out var ttl) ? ttl : server.Options.DefaultBackupTtl)),
                    Encryption = plan.Request.Encryption?.ToStatus(),
                },
            },
            cancellationToken).ConfigureAwait(false);
        server.BackupInformer.Note(begun);
        server.Metrics.Backups.Attempted(ResourceTotals.ScheduleOf(begun));
        Begun(backup.Metadata.Name);
        return begun;
    }

    // Nobody else changes a backup that is in progress, except for a server that holds the Lease now: then this one has lost its turn, and stops.
    private async Task<BackupDocument> FinalizeAsync(BackupDocument backup, BackupDocument made, CancellationToken cancellationToken)
    {
        var latest = await server.Backups.TryGetAsync(backup.Metadata.Name, cancellationToken).ConfigureAwait(false);
        if (latest is not { Status.Phase: BackupPhase.InProgress } || latest.Metadata.Uid != backup.Metadata.Uid)
        {
            throw new AeosException(
                $"the Backup {backup.Metadata.Name} is {latest?.Status.Phase ?? "gone"} and no longer InProgress", "Look for another server that works on it.");
        }

        var finalizing = latest with
        {
            Status = made.Status with
            {
                Phase = made.Status.Phase == BackupPhase.Completed ? BackupPhase.Finalizing : BackupPhase.FinalizingPartiallyFailed,
                StartTimestamp = latest.Status.StartTimestamp,
                Expiration = latest.Status.Expiration,
            },
        };
        return await server.Backups.PatchUnchangedAsync(latest, finalizing, cancellationToken).ConfigureAwait(false);
    }

    private async Task<BackupDocument> ShowProgressAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ProgressPeriod, server.Time);
        try
        {
            for (var shown = 0L; await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);)
            {
                if (Volatile.Read(ref _items) is var items && items != shown)
                {
                    shown = items;
                    backup = await ShowAsync(backup, items, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }

        return backup;
    }

    private async Task<BackupDocument> ShowAsync(BackupDocument backup, long items, CancellationToken cancellationToken)
    {
        try
        {
            var progress = new BackupProgress { TotalItems = items, ItemsBackedUp = items };
            return await server.Backups.PatchAsync(backup, backup with { Status = backup.Status with { Progress = progress } }, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            // The next time will do.
            NotShown(backup.Metadata.Name, failure.Message);
            return backup;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Backup} has begun")]
    private partial void Begun(string backup);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The progress of backup {Backup} could not be shown: {Reason}")]
    private partial void NotShown(string backup, string reason);
}
