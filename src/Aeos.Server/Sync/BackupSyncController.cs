using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Encryption;
using Aeos.Kubernetes.Errors;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;
using Aeos.Server.Controllers;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Sync;

/// <summary>
/// Brings what is in a location's bucket into the cluster, whoever wrote it, and takes Backups away whose document is gone
/// (Velero 1.18, pkg/controller/backup_sync_controller.go).
/// </summary>
internal sealed partial class BackupSyncController : IReconciler
{
    public const string Name = "backup-sync";

    private readonly ServerContext _server;
    private readonly ILogger _log;

    // What was warned of once is not warned of each minute.
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    public BackupSyncController(ServerContext server) => (_server, _log) = (server, server.Logs.CreateLogger(Name));

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        if (await _server.BackupStorageLocations.TryGetAsync(name, cancellationToken).ConfigureAwait(false) is not { Status.Phase: BackupStorageLocationPhase.Available } location)
        {
            return null;
        }

        var period = SyncPeriod.Of(location, _server.Options);
        if (period == TimeSpan.Zero)
        {
            return null;
        }

        if (SyncPeriod.Left(location, period, _server.Time.GetUtcNow()) is var left && left > TimeSpan.Zero)
        {
            return left;
        }

        // Before the bucket is looked at: what is Completed by now has its document there already.
        var known = new Dictionary<string, BackupDocument>(StringComparer.Ordinal);
        await foreach (var backup in _server.Backups.ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            known[backup.Metadata.Name] = backup;
        }

        await using (var opened = await _server.Locations.OpenAsync(location, cancellationToken).ConfigureAwait(false))
        {
            var stored = await FindStoredAsync(opened.Store, cancellationToken).ConfigureAwait(false);
            await CreateAsync(location, opened, stored.Where(found => !known.ContainsKey(found)), cancellationToken).ConfigureAwait(false);
            await DeleteOrphansAsync(name, known.Values, stored, cancellationToken).ConfigureAwait(false);
        }

        var synced = location.Status with { LastSyncedTime = TimestampText.Format(_server.Time.GetUtcNow()) };
        await _server.BackupStorageLocations.PatchAsync(location, location with { Status = synced }, cancellationToken).ConfigureAwait(false);
        return period;
    }

    // The keys are listed, which is a request for a thousand, where asking for each document would be one for each.
    private static async Task<SortedSet<string>> FindStoredAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var key in store.ListAsync(BackupKeys.Root, cancellationToken).ConfigureAwait(false))
        {
            if (key.Split('/') is [_, var name, _] && key == new BackupKeys(name).Document)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private async Task CreateAsync(BackupStorageLocationDocument location, BareLocation opened, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        using var keys = new ReadingKeys(opened.Keys, new KeyScope());
        var reader = new BucketReader(opened.Store, keys, opened.Domain);
        foreach (var name in names)
        {
            try
            {
                await CreateAsync(location.Metadata.Name, opened.Store, reader, name, cancellationToken).ConfigureAwait(false);
            }
            catch (AeosException refusal) when (refusal is not ObjectStoreException)
            {
                if (Warn(location, name, refusal.Message))
                {
                    _server.Metrics.Encryption.Refused(location.Metadata.Name);
                }
            }
            catch (KubernetesApiException refusal) when (refusal.Status.Code is >= 400 and < 500 and not 401 and not 403 and not 429)
            {
                if (!refusal.IsAlreadyExists)
                {
                    Warn(location, name, refusal.Message);
                }
            }
        }
    }

    private async Task CreateAsync(string location, IObjectStore store, BucketReader reader, string name, CancellationToken cancellationToken)
    {
        var document = await reader.ReadBackupAsync(name, cancellationToken).ConfigureAwait(false);
        if (SyncedBackup.Of(document, name, location, _server) is not { } backup)
        {
            return;
        }

        var encryption = await StoredArchive.EncryptionOfAsync(store, name, document.Status.Encryption, cancellationToken).ConfigureAwait(false);
        backup = backup with { Status = backup.Status with { Encryption = encryption } };
        _server.BackupInformer.Note(await _server.Backups.CreateAsync(backup, cancellationToken).ConfigureAwait(false));
        Synced(name, location);
    }

    private async Task DeleteOrphansAsync(string location, IEnumerable<BackupDocument> known, SortedSet<string> stored, CancellationToken cancellationToken)
    {
        foreach (var orphan in known.Where(backup => backup.Spec.StorageLocation == location
            && backup.Status.Phase is BackupPhase.Completed or BackupPhase.PartiallyFailed && !stored.Contains(backup.Metadata.Name)))
        {
            if (await _server.Backups.DeleteAsync(orphan, cancellationToken).ConfigureAwait(false))
            {
                _server.Metrics.Locations.Orphaned(location);
                Orphaned(orphan.Metadata.Name, location);
            }
        }
    }

    // Whether it was for the first time.
    private bool Warn(BackupStorageLocationDocument location, string name, string reason)
    {
        const int MostWarned = 10_000;
        if (_warned.Count >= MostWarned || !_warned.Add($"{location.Metadata.Name}/{name}: {reason}"))
        {
            return false;
        }

        NotSynced(Printable.Escape(name), location.Metadata.Name, reason);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Backup} was found in the location {Location} and is in the cluster now")]
    private partial void Synced(string backup, string location);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Backup {Backup} in the location {Location} is not taken into the cluster: {Reason}")]
    private partial void NotSynced(string backup, string location, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Backup {Backup} is no longer in the location {Location}, and its resource is removed")]
    private partial void Orphaned(string backup, string location);
}
