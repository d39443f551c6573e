using Aeos.Velero.Resources;

namespace Aeos.Server.Backups;

/// <summary>
/// Ends what a server that died left in progress (Velero 1.18, markInProgressBackupsFailed in pkg/cmd/server/server.go), and takes away what it
/// left of it in the bucket.
/// </summary>
/// <param name="server">The server.</param>
internal sealed class BackupRecovery(ServerContext server)
{
    private readonly BackupFinish _finish = new(server, server.Logs.CreateLogger("recovery"));

    /// <summary>Looks at all backups, before any is begun.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var backup in server.Backups.ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (backup.Status.Phase == BackupPhase.InProgress)
            {
                await EndAsync(backup, "during the server starting", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends one that is InProgress, and that nobody works on.</summary>
    /// <param name="backup">The Backup.</param>
    /// <param name="when">When it was found, in Velero's words.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task EndAsync(BackupDocument backup, string when, CancellationToken cancellationToken)
    {
        var reason = new AeosException($"found a backup with status \"InProgress\" {when}, mark it as \"Failed\"", "Make the backup again.");
        await _finish.FailAsync(backup, reason, cancellationToken).ConfigureAwait(false);
        await server.Remains.RemoveAsync(backup, cancellationToken).ConfigureAwait(false);
    }
}
