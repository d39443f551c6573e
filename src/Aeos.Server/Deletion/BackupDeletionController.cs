using System.Globalization;
using Aeos.Kubernetes.Objects;
using Aeos.Server.Backups;
using Aeos.Server.Controllers;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Deletion;

/// <summary>
/// Does what DeleteBackupRequests ask for (Velero 1.18, pkg/controller/backup_deletion_controller.go). One that a server left half done is done anew, which Velero
/// leaves to its expiry.
/// </summary>
internal sealed partial class BackupDeletionController : IReconciler
{
    public const string Name = "backup-deletion";

    /// <summary>How long a request that is done is kept.</summary>
    public static readonly TimeSpan LongestKept = TimeSpan.FromHours(24);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly ServerContext _server;
    private readonly ILogger _log;

    public BackupDeletionController(ServerContext server) => (_server, _log) = (server, server.Logs.CreateLogger(Name));

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        switch (await _server.DeleteBackupRequests.TryGetAsync(name, cancellationToken).ConfigureAwait(false))
        {
            case null:
                return null;
            case { Status.Phase: DeleteBackupRequestPhase.Processed } done:
                return await ExpireAsync(done, cancellationToken).ConfigureAwait(false);
            case { Spec.BackupName: "" } nameless:
                return await RefuseAsync(nameless, "spec.backupName is required", cancellationToken).ConfigureAwait(false);
            case { Spec.BackupName: var impossible } request when !DnsName.IsSubdomain(impossible):
                return await RefuseAsync(request, "backup not found", cancellationToken).ConfigureAwait(false);
            case var request:
                return await WorkAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TimeSpan?> ExpireAsync(DeleteBackupRequestDocument done, CancellationToken cancellationToken)
    {
        var created = DateTimeOffset.TryParse(done.Metadata.CreationTimestamp, CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.MinValue;
        var age = _server.Time.GetUtcNow() - created;
        if (age < LongestKept)
        {
            return LongestKept - age;
        }

        await _server.DeleteBackupRequests.DeleteAsync(done.Metadata.Name, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<TimeSpan?> WorkAsync(DeleteBackupRequestDocument request, CancellationToken cancellationToken)
    {
        var backupName = request.Spec.BackupName;
        await DeleteOthersAsync(DeletionRequests.SelectorOf(backupName), request.Metadata.Name, cancellationToken).ConfigureAwait(false);
        var backup = await _server.Backups.TryGetAsync(backupName, cancellationToken).ConfigureAwait(false);
        switch (backup)
        {
            case null when request.Status.Phase == DeleteBackupRequestPhase.InProgress:
                // The last thing that a server did before it died.
                await _server.DeleteBackupRequests.DeleteAsync(request.Metadata.Name, cancellationToken).ConfigureAwait(false);
                return null;
            case null:
                return await RefuseAsync(request, "backup not found", cancellationToken).ConfigureAwait(false);
            case { Status.Phase: BackupPhase.InProgress or BackupPhase.Finalizing or BackupPhase.FinalizingPartiallyFailed }:
                return await RefuseAsync(request, "backup is still in progress", cancellationToken).ConfigureAwait(false);
            case { Status: { Version: null, Phase: not (BackupPhase.Completed or BackupPhase.PartiallyFailed) } }:
                // It was never begun, perhaps since its name was taken: what the bucket has under that is another's.
                await DeleteAsync(request, backup, null, cancellationToken).ConfigureAwait(false);
                return null;
        }

        // One that waits may name none yet.
        var where = BackupLocation.NameFor(backup.Spec, _server);
        switch (await _server.BackupStorageLocations.TryGetAsync(where, cancellationToken).ConfigureAwait(false))
        {
            case null:
                return await RefuseAsync(request, $"backup storage location {where} not found", cancellationToken).ConfigureAwait(false);
            case { Spec.AccessMode: "ReadOnly" }:
                return await RefuseAsync(
                    request, $"cannot delete backup because backup storage location {where} is currently in read-only mode", cancellationToken).ConfigureAwait(false);
            case { Status.Phase: null or "" }:
                // Just created; it is being checked.
                return Soon;
            case { Status.Phase: not BackupStorageLocationPhase.Available }:
                return await RefuseAsync(
                    request, $"cannot delete backup because backup storage location {where} is currently in Unavailable state", cancellationToken).ConfigureAwait(false);
            case var location:
                await DeleteAsync(request, backup, location, cancellationToken).ConfigureAwait(false);
                return null;
        }
    }

    // Without a location: the Backup alone.
    private async Task DeleteAsync(
        DeleteBackupRequestDocument request, BackupDocument backup, BackupStorageLocationDocument? location, CancellationToken cancellationToken)
    {
        request = await _server.DeleteBackupRequests.PatchAsync(
            request,
            request with
            {
                Metadata = request.Metadata with { Labels = DeletionRequests.Labelled(request.Metadata.Labels, backup) },
                Status = request.Status with { Phase = DeleteBackupRequestPhase.InProgress },
            },
            cancellationToken).ConfigureAwait(false);

        // Refused when it has begun meanwhile, which would be looked at anew.
        backup = await _server.Backups.PatchUnchangedAsync(
            backup, backup with { Status = backup.Status with { Phase = BackupPhase.Deleting, QueuePosition = null } }, cancellationToken).ConfigureAwait(false);
        _server.BackupInformer.Note(backup);
        var schedule = backup.Metadata.Labels?.GetValueOrDefault(BackupDocument.ScheduleLabel) ?? "";
        _server.Metrics.Backups.DeletionAttempted(schedule);
        var errors = await new BackupDeletion(_server, _log).RunAsync(backup, location, cancellationToken).ConfigureAwait(false);
        if (errors.Count > 0)
        {
            _server.Metrics.Backups.DeletionFailed(schedule);
            Failed(backup.Metadata.Name, string.Join("; ", errors));
            await EndAsync(request, errors, cancellationToken).ConfigureAwait(false);
            return;
        }

        _server.Metrics.Backups.DeletionSucceeded(schedule);
        Deleted(backup.Metadata.Name);
        await DeleteOthersAsync(DeletionRequests.SelectorOf(backup), request.Metadata.Name, cancellationToken).ConfigureAwait(false);
        await _server.DeleteBackupRequests.DeleteAsync(request.Metadata.Name, cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteOthersAsync(string selector, string name, CancellationToken cancellationToken)
    {
        var others = new List<string>();
        await foreach (var other in _server.DeleteBackupRequests.ListAsync(selector, cancellationToken).ConfigureAwait(false))
        {
            others.Add(other.Metadata.Name);
        }

        foreach (var other in others.Where(other => other != name))
        {
            await _server.DeleteBackupRequests.DeleteAsync(other, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TimeSpan?> RefuseAsync(DeleteBackupRequestDocument request, string error, CancellationToken cancellationToken)
    {
        Failed(request.Spec.BackupName, error);
        await EndAsync(request, [error], cancellationToken).ConfigureAwait(false);
        return LongestKept;
    }

    private Task<DeleteBackupRequestDocument> EndAsync(DeleteBackupRequestDocument request, IReadOnlyList<string> errors, CancellationToken cancellationToken)
        => _server.DeleteBackupRequests.PatchAsync(
            request,
            request with { Status = request.Status with { Phase = DeleteBackupRequestPhase.Processed, Errors = errors } },
            cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Backup} is deleted")]
    private partial void Deleted(string backup);

    [LoggerMessage(Level = LogLevel.Error, Message = "Backup {Backup} could not be deleted: {Errors}")]
    private partial void Failed(string backup, string errors);
}
