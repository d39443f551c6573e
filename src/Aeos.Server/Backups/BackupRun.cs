using Aeos.Backup.Backups;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Controllers;
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
    private readonly ILogger _log = log;
    private readonly ResourceSaver<BackupDocument> _saver = new(server.Backups, server.BackupInformer, server, log);
    private long _items;

    /// <summary>Makes it. Whatever happens on the way is told by the resource.</summary>
    /// <returns>False when somebody changed the Backup: it was not begun.</returns>
    public async Task<bool> RunAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        if (await BeginAsync(backup, cancellationToken).ConfigureAwait(false) is not { } current)
        {
            return false;
        }

        BackupOutcome outcome;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = ShowProgressAsync(current, done.Token);
        try
        {
            outcome = await engine.RunAsync(
                plan,
                this,
                async (document, token) =>
                {
                    await done.CancelAsync().ConfigureAwait(false);
                    current = await FinalizeAsync(await showing.ConfigureAwait(false), document, token).ConfigureAwait(false);
                    return BackupFinish.Ended(current);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Whatever it is: one that stayed InProgress would keep all others waiting.
            await done.CancelAsync().ConfigureAwait(false);
            await finish.FailAsync(await showing.ConfigureAwait(false), failure, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await server.Remains.RemoveAsync(current, cancellationToken).ConfigureAwait(false);
            if (failure is not (AeosException or KubernetesException or OperationCanceledException))
            {
                // A defect: the resource says its end all the same, and the log where it is.
                throw;
            }

            return true;
        }

        // It is whole in the bucket: if that cannot be said, it stays Finalizing, and is no failure.
        await finish.EndAsync(current, outcome.Document, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public void Report(BackupStep value) => Volatile.Write(ref _items, value.Items);

    private async Task<BackupDocument?> BeginAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var now = server.Time.GetUtcNow();
        var started = TimestampText.Format(now);
        var begun = await _saver.BeginAsync(
            backup,
            latest => latest.Status.Phase == BackupPhase.InProgress && latest.Status.StartTimestamp == started,
            latest => latest with
            {
                Metadata = latest.Metadata with { Labels = plan.Labels, Annotations = plan.Annotations },
                Spec = plan.Spec with { Metadata = latest.Spec.Metadata },
                Status = latest.Status with
                {
                    Version = 1,
                    FormatVersion = ArchiveFormat.Version,
                    Phase = BackupPhase.InProgress,
                    QueuePosition = null,
                    StartTimestamp = started,
                    Expiration = TimestampText.Format(now + (DurationText.TryParse(plan.Spec.Ttl, out var ttl) ? ttl : server.Options.DefaultBackupTtl)),
                    Encryption = plan.Request.Encryption?.ToStatus(),
                },
            },
            cancellationToken).ConfigureAwait(false);
        if (begun is not null)
        {
            server.Metrics.Backups.Attempted(ResourceTotals.ScheduleOf(begun));
            HasBegun(backup.Metadata.Name);
        }

        return begun;
    }

    // Nobody else changes a backup that is in progress, except for a server that holds the Lease now: then this one has lost its turn, and stops.
    private async Task<BackupDocument> FinalizeAsync(BackupDocument backup, BackupDocument made, CancellationToken cancellationToken)
    {
        var phase = made.Status.Phase == BackupPhase.Completed ? BackupPhase.Finalizing : BackupPhase.FinalizingPartiallyFailed;
        string? other = null;
        return await _saver.SaveAsync(backup, Finalized, cancellationToken).ConfigureAwait(false)
            ?? throw new AeosException($"the Backup {backup.Metadata.Name} is {other ?? "gone"} and no longer InProgress", "Look for another server that works on it.");

        BackupDocument? Finalized(BackupDocument latest)
        {
            switch (latest.Status.Phase)
            {
                case BackupPhase.InProgress:
                    return latest with { Status = made.Status with { Phase = phase, StartTimestamp = latest.Status.StartTimestamp, Expiration = latest.Status.Expiration } };
                case var now when now == phase:
                    return latest;
                default:
                    other = latest.Status.Phase;
                    return null;
            }
        }
    }

    private Task<BackupDocument> ShowProgressAsync(BackupDocument backup, CancellationToken cancellationToken) => new ShownProgress<BackupDocument>(
        server.Backups,
        server,
        _log,
        () => Volatile.Read(ref _items),
        static (latest, items) => latest with { Status = latest.Status with { Progress = new BackupProgress { TotalItems = items, ItemsBackedUp = items } } })
        .RunAsync(backup, cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Backup} has begun")]
    private partial void HasBegun(string backup);
}
