using Aeos.Backup.Restores;
using Aeos.Kubernetes.Errors;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Restores;

/// <summary>One restore under way: its resource follows it, from InProgress to its end.</summary>
/// <param name="server">The server.</param>
/// <param name="log">Takes what happens.</param>
/// <param name="finish">Ends it.</param>
/// <param name="check">What it is to be.</param>
internal sealed partial class RestoreRun(ServerContext server, ILogger log, RestoreFinish finish, CheckedRestore check)
{
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = log;

    // The total, and in the lower half how many are done: read and written at once.
    private long _progress;

    /// <summary>Restores. Whatever happens on the way is told by the resource.</summary>
    /// <exception cref="KubernetesException">The Restore could not be begun: nothing was applied.</exception>
    public async Task RunAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        var current = await BeginAsync(restore, cancellationToken).ConfigureAwait(false);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = ShowProgressAsync(current, done.Token);
        RestoreJob? job = null;
        try
        {
            await using var bucket = await RestoreBucket.OpenAsync(server, check.Location!, _log, cancellationToken).ConfigureAwait(false);
            job = new RestoreJob
            {
                Cluster = server.Engine,
                Bucket = bucket.Reader,
                Store = bucket.Store,
                CompanionStore = bucket.Companions,
                RequireEncryption = server.Options.RequireEncryption,
                KnownEncryption = check.Backup!.Status.Encryption is { IsEncrypted: true } known ? known : null,
                Time = server.Time,
                OnProgress = Note,
                BeforeFinalizing = async (outcome, token) =>
                {
                    await done.CancelAsync().ConfigureAwait(false);
                    await FinalizeAsync(await showing.ConfigureAwait(false), outcome, token).ConfigureAwait(false);
                },
            };
            var (document, _) = await job.RunAsync(OptionsOf(current), cancellationToken).ConfigureAwait(false);
            await finish.EndAsync(current, document.Status, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await done.CancelAsync().ConfigureAwait(false);
            await showing.ConfigureAwait(false);
            server.Metrics.Encryption.NoteFailure(check.Location!.Metadata.Name, failure);
            if (job?.Recorded is { } recorded)
            {
                await finish.EndAsync(current, recorded.Status, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await finish.FailAsync(current, failure, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (failure is not (AeosException or KubernetesException or OperationCanceledException))
            {
                // A defect: the resource says its end all the same, and the log where it is.
                throw;
            }
        }
    }

    private async Task<RestoreDocument> BeginAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        var begun = await server.Restores.PatchUnchangedAsync(
            restore,
            restore with
            {
                Spec = check.Spec,
                Status = restore.Status with { Phase = RestorePhase.InProgress, StartTimestamp = TimestampText.Format(server.Time.GetUtcNow()) },
            },
            cancellationToken).ConfigureAwait(false);
        server.RestoreInformer.Note(begun);
        server.Metrics.Restores.Attempted(check.Schedule);
        Begun(restore.Metadata.Name, check.Spec.BackupName!);
        return begun;
    }

    // Nobody else changes a restore that is in progress, except for a server that holds the Lease now: then this one has lost its turn, and stops.
    private async Task FinalizeAsync(RestoreDocument restore, RestoreOutcome outcome, CancellationToken cancellationToken)
    {
        var latest = await server.Restores.TryGetAsync(restore.Metadata.Name, cancellationToken).ConfigureAwait(false);
        if (latest is not { Status.Phase: RestorePhase.InProgress } || latest.Metadata.Uid != restore.Metadata.Uid)
        {
            throw new AeosException(
                $"the Restore {restore.Metadata.Name} is {latest?.Status.Phase ?? "gone"} and no longer InProgress", "Look for another server that works on it.");
        }

        var status = latest.Status with
        {
            Phase = outcome.Errors.Count == 0 ? RestorePhase.Finalizing : RestorePhase.FinalizingPartiallyFailed,
            Errors = outcome.Errors.Count,
            Warnings = outcome.Warnings.Count,
            Progress = new RestoreProgressStatus { TotalItems = outcome.Items.Count, ItemsRestored = outcome.Items.Count },
        };
        server.RestoreInformer.Note(await server.Restores.PatchAsync(latest, latest with { Status = status }, cancellationToken).ConfigureAwait(false));
    }

    private RestoreOptions OptionsOf(RestoreDocument current) => RestoreOptionsFor.Resource(current, server) with
    {
        Priorities = ResourcePriorities.Parse(server.Options.RestoreResourcePriorities ?? ""),
        EnableApiGroupVersions = server.Options.EnableApiGroupVersions,
        TerminatingTimeout = server.Options.TerminatingResourceTimeout,
        ResourceTimeout = server.Options.ResourceTimeout,
    };

    private void Note(RestoreProgress step)
    {
        if (step is { IsApplying: true, IsFinalizing: false })
        {
            Volatile.Write(ref _progress, ((long)step.Total << 32) | (uint)step.Done);
        }
    }

    private async Task<RestoreDocument> ShowProgressAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ProgressPeriod, server.Time);
        try
        {
            for (var shown = 0L; await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);)
            {
                if (Volatile.Read(ref _progress) is var now && now != shown)
                {
                    shown = now;
                    restore = await ShowAsync(restore, (int)(now >> 32), (int)now, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }

        return restore;
    }

    private async Task<RestoreDocument> ShowAsync(RestoreDocument restore, int total, int done, CancellationToken cancellationToken)
    {
        try
        {
            var progress = new RestoreProgressStatus { TotalItems = total, ItemsRestored = done };
            return await server.Restores.PatchAsync(restore, restore with { Status = restore.Status with { Progress = progress } }, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException failure)
        {
            // The next time will do.
            NotShown(restore.Metadata.Name, failure.Message);
            return restore;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Restore {Restore} of backup {Backup} has begun")]
    private partial void Begun(string restore, string backup);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The progress of restore {Restore} could not be shown: {Reason}")]
    private partial void NotShown(string restore, string reason);
}
