using Aeos.Backup.Backups;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Backups;

/// <summary>
/// Ends what a server that died left in progress (Velero 1.18, markInProgressBackupsFailed in pkg/cmd/server/server.go), and takes away what it
/// left of it in the bucket: without a document that is no backup.
/// </summary>
/// <param name="server">The server.</param>
internal sealed partial class BackupRecovery(ServerContext server)
{
    private readonly ILogger _log = server.Logs.CreateLogger("recovery");

    /// <summary>Looks at all backups, before any is begun.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var backup in server.Backups.ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (backup.Status.Phase == BackupPhase.InProgress)
            {
                await EndAsync(backup, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends one that is InProgress, and that nobody works on.</summary>
    public async Task EndAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        await new BackupFinish(server, _log).FailAsync(
            backup,
            new AeosException("found a backup with status \"InProgress\" during the server starting, mark it as \"Failed\"", "Make the backup again."),
            cancellationToken).ConfigureAwait(false);
        await RemoveAsync(backup, cancellationToken).ConfigureAwait(false);
    }

    private async Task RemoveAsync(BackupDocument backup, CancellationToken cancellationToken)
    {
        var keys = new BackupKeys(backup.Metadata.Name);
        try
        {
            if (await server.BackupStorageLocations.TryGetAsync(backup.Spec.StorageLocation ?? "", cancellationToken).ConfigureAwait(false) is not { } location)
            {
                return;
            }

            await using var opened = await server.Locations.OpenAsync(location, cancellationToken).ConfigureAwait(false);
            if (await opened.Store.ExistsAsync(keys.Document, cancellationToken).ConfigureAwait(false))
            {
                // A whole backup, and so not the one that was in progress here.
                return;
            }

            if (await BackupRemoval.RunIfAnyAsync(opened.Store, keys.Name, cancellationToken).ConfigureAwait(false) is > 0 and var objects)
            {
                Removed(objects, keys.Name);
            }
        }
        catch (AeosException failure)
        {
            // The name stays taken in the bucket; nothing else depends on it.
            NotRemoved(keys.Name, failure.Cause);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Objects} objects that the unfinished backup {Backup} left in its location")]
    private partial void Removed(int objects, string backup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the unfinished backup {Backup} left in its location could not be removed: {Reason}")]
    private partial void NotRemoved(string backup, string reason);
}
