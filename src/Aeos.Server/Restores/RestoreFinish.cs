using Aeos.Backup.Keys;
using Aeos.Backup.Restores;
using Aeos.Kubernetes.Errors;
using Aeos.Server.Controllers;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Restores;

/// <summary>Ends restores: the resource says how, metrics and events too.</summary>
internal sealed partial class RestoreFinish
{
    private readonly ServerContext _server;
    private readonly ILogger _log;
    private readonly ResourceSaver<RestoreDocument> _saver;

    public RestoreFinish(ServerContext server, ILogger log)
    {
        (_server, _log) = (server, log);
        _saver = new ResourceSaver<RestoreDocument>(server.Restores, server.RestoreInformer, server, log);
    }

    /// <summary>Refuses a restore that is not possible.</summary>
    public async Task RefuseAsync(RestoreDocument restore, CheckedRestore check, CancellationToken cancellationToken)
    {
        var refused = restore with { Spec = check.Spec, Status = restore.Status with { Phase = RestorePhase.FailedValidation, ValidationErrors = check.Problems } };
        _server.RestoreInformer.Note(await _server.Restores.PatchUnchangedAsync(restore, refused, cancellationToken).ConfigureAwait(false));
        _server.Metrics.Restores.Attempted(check.Schedule);
        _server.Metrics.Restores.FailedValidation(check.Schedule);
        Refused(restore.Metadata.Name, string.Join("; ", check.Problems));
    }

    /// <summary>Ends a restore that came to its end, or that was recorded as one that did not.</summary>
    /// <param name="restore">The Restore.</param>
    /// <param name="recorded">What its record says.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task EndAsync(RestoreDocument restore, RestoreStatus recorded, CancellationToken cancellationToken)
    {
        using var words = new LastWords(_server.Time, cancellationToken);
        await _saver.SaveAsync(
            restore,
            latest => RestorePhase.IsEnd(latest.Status.Phase) ? null : latest with
            {
                Status = recorded with { StartTimestamp = latest.Status.StartTimestamp ?? recorded.StartTimestamp, Others = latest.Status.Others },
            },
            words.Token).ConfigureAwait(false);
        Count(restore, recorded.Phase!);
        Ended(restore.Metadata.Name, recorded.Phase!, recorded.Progress?.ItemsRestored ?? 0, recorded.Errors ?? 0, recorded.Warnings ?? 0);
    }

    /// <summary>Ends a restore of which nothing is recorded.</summary>
    public async Task FailAsync(RestoreDocument restore, Exception failure, CancellationToken cancellationToken)
    {
        using var words = new LastWords(_server.Time, cancellationToken);
        var applied = (failure as RestoreUnrecordedException)?.Outcome;
        var reason = ReasonOf(failure);
        var phase = applied is { FailureReason: null } ? RestorePhase.PartiallyFailed : RestorePhase.Failed;
        await _saver.SaveAsync(
            restore,
            latest => RestorePhase.IsEnd(latest.Status.Phase) ? null : latest with
            {
                Status = latest.Status with
                {
                    Phase = phase,
                    FailureReason = reason,
                    Errors = applied is null ? latest.Status.Errors : applied.Errors.Count + 1,
                    Warnings = applied is null ? latest.Status.Warnings : applied.Warnings.Count,
                    CompletionTimestamp = TimestampText.Format(_server.Time.GetUtcNow()),
                },
            },
            words.Token).ConfigureAwait(false);
        Count(restore, phase);
        Failed(restore.Metadata.Name, phase, reason);
        if (failure is KeySourceException)
        {
            await _server.Events.WarningAsync(restore, "EncryptionKeyUnusable", reason, words.Token).ConfigureAwait(false);
        }
    }

    private void Count(RestoreDocument restore, string phase)
    {
        var (metrics, schedule) = (_server.Metrics.Restores, restore.Spec.ScheduleName ?? "");
        switch (phase)
        {
            case RestorePhase.Completed:
                metrics.Succeeded(schedule);
                break;
            case RestorePhase.PartiallyFailed:
                metrics.PartiallyFailed(schedule);
                break;
            default:
                metrics.Failed(schedule);
                break;
        }
    }

    private static string ReasonOf(Exception failure) => failure switch
    {
        AeosException named => $"{named.Cause}. {named.Remedy}",
        KubernetesException named => $"{named.Cause}. {named.Remedy}",
        OperationCanceledException => "the server was stopped while it restored. Restore again, under another name.",
        _ => failure.Message,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Restore {Restore} is not possible: {Problems}")]
    private partial void Refused(string restore, string problems);

    [LoggerMessage(Level = LogLevel.Error, Message = "Restore {Restore} is {Phase}: {Reason}")]
    private partial void Failed(string restore, string phase, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Restore {Restore} is {Phase}: {Items} items, {Errors} errors, {Warnings} warnings")]
    private partial void Ended(string restore, string phase, int items, int errors, int warnings);
}
