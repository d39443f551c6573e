using Aeos.Backup.Restores;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Controllers;
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
    private readonly ILogger _log = log;
    private readonly ResourceSaver<RestoreDocument> _saver = new(server.Restores, server.RestoreInformer, server, log);

    // The total, and in the lower half how many are done: read and written at once.
    private long _progress;

    /// <summary>Restores. Whatever happens on the way is told by the resource.</summary>
    /// <returns>False when somebody changed the Restore: it was not begun.</returns>
    /// <exception cref="KubernetesException">The Restore could not be begun: nothing was applied.</exception>
    public async Task<bool> RunAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        if (await BeginAsync(restore, cancellationToken).ConfigureAwait(false) is not { } current)
        {
            return false;
        }

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

        return true;
    }

    private async Task<RestoreDocument?> BeginAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        var started = TimestampText.Format(server.Time.GetUtcNow());
        var begun = await _saver.BeginAsync(
            restore,
            latest => latest.Status.Phase == RestorePhase.InProgress && latest.Status.StartTimestamp == started,
            latest => latest with { Spec = check.Spec, Status = latest.Status with { Phase = RestorePhase.InProgress, StartTimestamp = started } },
            cancellationToken).ConfigureAwait(false);
        if (begun is not null)
        {
            server.Metrics.Restores.Attempted(check.Schedule);
            HasBegun(restore.Metadata.Name, check.Spec.BackupName!);
        }

        return begun;
    }

    // Nobody else changes a restore that is in progress, except for a server that holds the Lease now: then this one has lost its turn, and stops.
    private async Task FinalizeAsync(RestoreDocument restore, RestoreOutcome outcome, CancellationToken cancellationToken)
    {
        var phase = outcome.Errors.Count == 0 ? RestorePhase.Finalizing : RestorePhase.FinalizingPartiallyFailed;
        string? other = null;
        if (await _saver.SaveAsync(restore, Finalized, cancellationToken).ConfigureAwait(false) is null)
        {
            throw new AeosException($"the Restore {restore.Metadata.Name} is {other ?? "gone"} and no longer InProgress", "Look for another server that works on it.");
        }

        RestoreDocument? Finalized(RestoreDocument latest)
        {
            switch (latest.Status.Phase)
            {
                case RestorePhase.InProgress:
                    var progress = new RestoreProgressStatus { TotalItems = outcome.Items.Count, ItemsRestored = outcome.Items.Count };
                    return latest with { Status = latest.Status with { Phase = phase, Errors = outcome.Errors.Count, Warnings = outcome.Warnings.Count, Progress = progress } };
                case var now when now == phase:
                    return latest;
                default:
                    other = latest.Status.Phase;
                    return null;
            }
        }
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

    private Task<RestoreDocument> ShowProgressAsync(RestoreDocument restore, CancellationToken cancellationToken) => new ShownProgress<RestoreDocument>(
        server.Restores,
        server,
        _log,
        () => Volatile.Read(ref _progress),
        static (latest, now) => latest with { Status = latest.Status with { Progress = new RestoreProgressStatus { TotalItems = (int)(now >> 32), ItemsRestored = (int)now } } })
        .RunAsync(restore, cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Restore {Restore} of backup {Backup} has begun")]
    private partial void HasBegun(string restore, string backup);
}
