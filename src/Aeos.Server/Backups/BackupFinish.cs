using Aeos.Backup.Keys;
using Aeos.Kubernetes.Errors;
using Aeos.ObjectStore;
using Aeos.Server.Controllers;
using Aeos.Server.Metrics;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Backups;

/// <summary>Ends backups: the resource says how, metrics and events too.</summary>
/// <param name="server">The server.</param>
/// <param name="log">Takes what happens.</param>
internal sealed partial class BackupFinish(ServerContext server, ILogger log)
{
    private readonly ILogger _log = log;
    private readonly ResourceSaver<BackupDocument> _saver = new(server.Backups, server.BackupInformer, server, log);

    /// <summary>The document of a backup that is finalizing, as it is once it has ended.</summary>
    public static BackupDocument Ended(BackupDocument finalizing) => finalizing with
    {
        Status = finalizing.Status with
        {
            Phase = finalizing.Status.Phase == BackupPhase.Finalizing ? BackupPhase.Completed : BackupPhase.PartiallyFailed,
        },
    };

    /// <summary>Refuses a backup that is not possible.</summary>
    public async Task RefuseAsync(BackupDocument backup, string location, IReadOnlyList<string> problems, CancellationToken cancellationToken)
    {
        await _saver.SaveAsync(
            backup,
            latest => latest with
            {
                Spec = latest.Spec with { StorageLocation = location },
                Status = latest.Status with { Phase = BackupPhase.FailedValidation, QueuePosition = null, ValidationErrors = problems, Expiration = ExpirationOf(latest) },
            },
            cancellationToken).ConfigureAwait(false);
        server.Metrics.Backups.FailedValidation(ScheduleOf(backup));
        Refused(backup.Metadata.Name, string.Join("; ", problems));
    }

    /// <summary>Ends a backup of which nothing is in the bucket.</summary>
    public async Task FailAsync(BackupDocument backup, Exception failure, CancellationToken cancellationToken)
    {
        using var words = new LastWords(server.Time, cancellationToken);
        var reason = failure switch
        {
            AeosException named => $"{named.Cause}. {named.Remedy}",
            KubernetesException named => $"{named.Cause}. {named.Remedy}",
            OperationCanceledException => "the server was stopped while it made the backup. Make it again.",
            _ => $"a defect ended it, {failure.GetType().Name}: {failure.Message} The server's log says where.",
        };
        await _saver.SaveAsync(
            backup,
            latest => BackupPhase.IsEnd(latest.Status.Phase) ? null : BackupRemains.Noted(latest) with
            {
                Spec = latest.Spec with { StorageLocation = backup.Spec.StorageLocation },
                Status = latest.Status with
                {
                    Phase = BackupPhase.Failed,
                    QueuePosition = null,
                    FailureReason = reason,
                    Expiration = ExpirationOf(latest),
                    StartTimestamp = latest.Status.StartTimestamp ?? TimestampText.Format(server.Time.GetUtcNow()),
                    CompletionTimestamp = TimestampText.Format(server.Time.GetUtcNow()),
                },
            },
            words.Token).ConfigureAwait(false);
        server.Metrics.Backups.Failed(ScheduleOf(backup));
        Failed(backup.Metadata.Name, reason);
        if (failure is KeySourceException)
        {
            await server.Events.WarningAsync(backup, "EncryptionKeyUnusable", reason, words.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a backup that is in the bucket.</summary>
    public async Task EndAsync(BackupDocument finalizing, BackupDocument document, CancellationToken cancellationToken)
    {
        // It is whole in the bucket by now, and must not be said to have failed.
        using var words = new LastWords(server.Time, cancellationToken);
        await _saver.SaveAsync(finalizing, latest => latest with { Status = document.Status }, words.Token).ConfigureAwait(false);
        var (status, schedule) = (document.Status, ScheduleOf(document));
        if (status.Phase == BackupPhase.Completed)
        {
            server.Metrics.Backups.Succeeded(schedule, server.Time.GetUtcNow());
        }
        else
        {
            server.Metrics.Backups.PartiallyFailed(schedule);
        }

        var duration = TimestampText.TryParse(status.StartTimestamp, out var start) && TimestampText.TryParse(status.CompletionTimestamp, out var end) ? end - start : TimeSpan.Zero;
        server.Metrics.Backups.Ended(schedule, duration, status.Progress?.ItemsBackedUp ?? 0, status.Errors ?? 0, status.Warnings ?? 0);

        Ended(document.Metadata.Name, status.Phase!, status.Progress?.ItemsBackedUp ?? 0, status.Errors ?? 0, status.Warnings ?? 0);
    }

    /// <summary>Ends a backup that a server left between its last object and its document.</summary>
    public async Task ResumeAsync(BackupDocument finalizing, CancellationToken cancellationToken)
    {
        var keys = new BackupKeys(finalizing.Metadata.Name);
        if (await server.BackupStorageLocations.TryGetAsync(finalizing.Spec.StorageLocation ?? "", cancellationToken).ConfigureAwait(false) is not { } location)
        {
            throw new AeosException($"the location {finalizing.Spec.StorageLocation} of the backup {keys.Name} is gone", "Create it again, or delete the Backup.");
        }

        await using var opened = await server.Locations.OpenAsync(location, cancellationToken).ConfigureAwait(false);
        if (await MissingAsync(opened.Store, keys, cancellationToken).ConfigureAwait(false) is { } missing)
        {
            await FailAsync(finalizing, new AeosException($"\"{missing}\" is not in the location", "Make the backup again."), cancellationToken).ConfigureAwait(false);
            await server.Remains.RemoveAsync(finalizing, cancellationToken).ConfigureAwait(false);
            return;
        }

        var document = Ended(finalizing);
        if (!await opened.Store.ExistsAsync(keys.Document, cancellationToken).ConfigureAwait(false))
        {
            var writer = await opened.Store.CreateAsync(keys.Document, cancellationToken).ConfigureAwait(false);
            await using (writer.ConfigureAwait(false))
            {
                await writer.WriteAsync(document.ToJson(), cancellationToken).ConfigureAwait(false);
                await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        Resumed(keys.Name);
        await EndAsync(finalizing, document, cancellationToken).ConfigureAwait(false);
    }

    // One that was never begun expires too: it would stay for ever.
    private string ExpirationOf(BackupDocument backup) => backup.Status.Expiration ?? TimestampText.Format(
        server.Time.GetUtcNow() + (DurationText.TryParse(backup.Spec.Ttl, out var ttl) && ttl > TimeSpan.Zero ? ttl : server.Options.DefaultBackupTtl));

    // A server that died may have been about to take it away.
    private static async Task<string?> MissingAsync(IObjectStore store, BackupKeys keys, CancellationToken cancellationToken)
    {
        var missing = new List<string>
        {
            keys.Archive, keys.Logs, keys.Results, keys.ResourceList, keys.ItemOperations, keys.PodVolumeBackups, keys.VolumeSnapshots, keys.VolumeInfo,
        };
        await foreach (var key in store.ListAsync(keys.Folder, cancellationToken).ConfigureAwait(false))
        {
            missing.Remove(key);
        }

        return missing.FirstOrDefault();
    }

    private static string ScheduleOf(BackupDocument backup) => ResourceTotals.ScheduleOf(backup);

    [LoggerMessage(Level = LogLevel.Error, Message = "Backup {Backup} is not possible: {Problems}")]
    private partial void Refused(string backup, string problems);

    [LoggerMessage(Level = LogLevel.Error, Message = "Backup {Backup} failed: {Reason}")]
    private partial void Failed(string backup, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Backup} is {Phase}: {Items} items, {Errors} errors, {Warnings} warnings")]
    private partial void Ended(string backup, string phase, long items, int errors, int warnings);

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Backup} was finalizing when a server stopped, and is ended")]
    private partial void Resumed(string backup);
}
