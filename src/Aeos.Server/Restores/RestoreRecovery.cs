using Aeos.Backup.Restores;
using Aeos.Kubernetes.Errors;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Restores;

/// <summary>
/// Ends what a server that died left: as its record in the bucket has it, and without one as Failed, or as PartiallyFailed when all was applied
/// (Velero 1.18, markInProgressRestoresFailed in pkg/cmd/server/server.go).
/// </summary>
internal sealed partial class RestoreRecovery
{
    private readonly ServerContext _server;
    private readonly ILogger _log;
    private readonly RestoreFinish _finish;

    public RestoreRecovery(ServerContext server)
    {
        (_server, _log) = (server, server.Logs.CreateLogger("recovery"));
        _finish = new RestoreFinish(server, _log);
    }

    /// <summary>Looks at all restores, before any is begun.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var restore in _server.Restores.ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (restore.Status.Phase is RestorePhase.InProgress or RestorePhase.Finalizing or RestorePhase.FinalizingPartiallyFailed)
            {
                try
                {
                    await EndAsync(restore, isLast: false, cancellationToken).ConfigureAwait(false);
                }
                catch (AeosException failure)
                {
                    // The controller goes on with it.
                    NotEnded(restore.Metadata.Name, failure.Cause);
                }
            }
        }
    }

    /// <summary>Ends one that is InProgress or Finalizing, and that nobody works on.</summary>
    /// <param name="restore">The Restore.</param>
    /// <param name="isLast">Whether it is ended without a record when that cannot be written.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">It is Finalizing, the bucket is away, and this is not the last attempt.</exception>
    /// <exception cref="KubernetesException">The API server is away.</exception>
    public async Task EndAsync(RestoreDocument restore, bool isLast, CancellationToken cancellationToken)
    {
        var isApplied = restore.Status.Phase != RestorePhase.InProgress;
        if (await FindLocationAsync(restore, cancellationToken).ConfigureAwait(false) is not { } location)
        {
            await EndWithoutRecordAsync(restore, isApplied, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        string? noRecord = null;
        try
        {
            await using var bucket = await RestoreBucket.OpenAsync(_server, location, _log, cancellationToken).ConfigureAwait(false);
            var record = await bucket.TryReadRecordAsync(restore, cancellationToken).ConfigureAwait(false);
            if (record is null && isApplied)
            {
                var job = new RestoreJob
                {
                    Cluster = _server.Engine,
                    Bucket = bucket.Reader,
                    Store = bucket.Store,
                    CompanionStore = bucket.Companions,
                    Time = _server.Time,
                };
                record = await job.RecordUnfinishedAsync(RestoreOptionsFor.Resource(restore, _server), NotAwaited(restore), cancellationToken).ConfigureAwait(false);
                record.Status.Errors += restore.Status.Errors ?? 0;
                record.Status.Warnings = restore.Status.Warnings;
                record.Status.Progress = restore.Status.Progress;
            }

            if (record is not null)
            {
                await _finish.EndAsync(restore, record.Status, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (AeosException failure) when (!isApplied || isLast)
        {
            noRecord = failure.Cause;
            NoRecord(restore.Metadata.Name, failure.Cause);
        }

        await EndWithoutRecordAsync(restore, isApplied, noRecord, cancellationToken).ConfigureAwait(false);
    }

    private Task EndWithoutRecordAsync(RestoreDocument restore, bool isApplied, string? noRecord, CancellationToken cancellationToken) => isApplied
        ? _finish.EndAsync(
            restore,
            restore.Status with
            {
                Phase = RestorePhase.PartiallyFailed,
                FailureReason = noRecord is null ? NotAwaited(restore) : $"{NotAwaited(restore)}; its record could not be written: {noRecord}",
                Errors = (restore.Status.Errors ?? 0) + 1,
                CompletionTimestamp = TimestampText.Format(_server.Time.GetUtcNow()),
            },
            cancellationToken)
        : _finish.FailAsync(
            restore,
            new AeosException("found a restore with status \"InProgress\" during the server starting, mark it as \"Failed\"", "Restore again, under another name."),
            cancellationToken);

    private async Task<BackupStorageLocationDocument?> FindLocationAsync(RestoreDocument restore, CancellationToken cancellationToken)
        => restore.Spec.BackupName is { Length: > 0 } name
            && await _server.Backups.TryGetAsync(name, cancellationToken).ConfigureAwait(false) is { Spec.StorageLocation: { Length: > 0 } where }
            ? await _server.BackupStorageLocations.TryGetAsync(where, cancellationToken).ConfigureAwait(false)
            : null;

    private static string NotAwaited(RestoreDocument restore)
        => $"the server ended while the restore {restore.Metadata.Name} was {restore.Status.Phase}: all was applied, hooks in pods were not awaited, and what was done to each object is not recorded";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The restore {Restore} that a server left could not be ended yet: {Reason}")]
    private partial void NotEnded(string restore, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The record of the restore {Restore} could not be read or written: {Reason}")]
    private partial void NoRecord(string restore, string reason);
}
