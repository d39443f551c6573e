using System.Globalization;
using Aeos.Server.Controllers;
using Aeos.Server.Deletion;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Collection;

/// <summary>Asks for the deletion of backups that have expired (Velero 1.18, pkg/controller/gc_controller.go).</summary>
/// <param name="server">The server.</param>
internal sealed partial class GarbageCollectionController(ServerContext server) : IReconciler
{
    public const string Name = "gc";

    /// <summary>The label that says why an expired backup stays.</summary>
    public const string FailureLabel = "velero.io/gc-failure";

    // Velero's, for a frequency that is none.
    private static readonly TimeSpan DefaultFrequency = TimeSpan.FromHours(1);
    private static readonly TimeSpan LocationPeriod = TimeSpan.FromMinutes(1);

    private readonly ILogger _log = server.Logs.CreateLogger(Name);

    /// <summary>How often expired backups are looked for.</summary>
    public static TimeSpan Frequency(ServerOptions options) => options.GarbageCollectionFrequency > TimeSpan.Zero ? options.GarbageCollectionFrequency : DefaultFrequency;

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        if (server.BackupInformer.Find(name) is not { } cached || !HasExpired(cached)
            || await server.Backups.TryGetAsync(name, cancellationToken).ConfigureAwait(false) is not { } backup || !HasExpired(backup))
        {
            return null;
        }

        var where = backup.Spec.StorageLocation ?? "";
        switch (await server.BackupStorageLocations.TryGetAsync(where, cancellationToken).ConfigureAwait(false))
        {
            case null:
                await LabelAsync(backup, "BSLNotFound", cancellationToken).ConfigureAwait(false);
                Stays(name, $"its location {where} does not exist");
                return null;
            case { Status.Phase: not BackupStorageLocationPhase.Available }:
                Stays(name, $"its location {where} is unavailable");
                return LocationPeriod;
            case { Spec.AccessMode: "ReadOnly" }:
                await LabelAsync(backup, "BSLReadOnly", cancellationToken).ConfigureAwait(false);
                Stays(name, $"its location {where} is read-only");
                return null;
        }

        await LabelAsync(backup, null, cancellationToken).ConfigureAwait(false);
        if (!await IsAskedForAsync(backup, cancellationToken).ConfigureAwait(false))
        {
            await server.DeleteBackupRequests.CreateAsync(DeletionRequests.Create(backup, server.Options.Namespace), cancellationToken).ConfigureAwait(false);
            Expired(name);
        }

        return null;
    }

    private bool HasExpired(BackupDocument backup) => DateTimeOffset.TryParse(
        backup.Status.Expiration, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration) && expiration <= server.Time.GetUtcNow();

    private async Task<bool> IsAskedForAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        await foreach (var request in server.DeleteBackupRequests.ListAsync(DeletionRequests.SelectorOf(backup), cancellationToken).ConfigureAwait(false))
        {
            if (request.Status.Phase is null or "" or DeleteBackupRequestPhase.New or DeleteBackupRequestPhase.InProgress)
            {
                return true;
            }
        }

        return false;
    }

    private async Task LabelAsync(BackupDocument backup, string? failure, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string>(backup.Metadata.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        labels.Remove(FailureLabel);
        if (failure is not null)
        {
            labels[FailureLabel] = failure;
        }

        if (labels.Count == 0 && backup.Metadata.Labels is null)
        {
            return;
        }

        await server.Backups.PatchAsync(backup, backup with { Metadata = backup.Metadata with { Labels = labels } }, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Backup} has expired, and its deletion is asked for")]
    private partial void Expired(string backup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Backup {Backup} has expired and stays: {Reason}")]
    private partial void Stays(string backup, string reason);
}
