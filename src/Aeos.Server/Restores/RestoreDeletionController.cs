using System.Globalization;
using Aeos.Backup.Restores;
using Aeos.Server.Controllers;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Restores;

/// <summary>
/// Takes a deleted Restore's objects out of the bucket and lets it go. Apart from the controller that restores, as Velero has it not: a long restore does not
/// keep others from being deleted.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="isRunning">Whether the restore of a name is being worked on.</param>
internal sealed partial class RestoreDeletionController(ServerContext server, Func<string, bool> isRunning) : IReconciler
{
    public const string Name = "restore-finalizer";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = server.Logs.CreateLogger(Name);

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        if (server.RestoreInformer.Find(name) is null or { Metadata.DeletionTimestamp: null }
            || await server.Restores.TryGetAsync(name, cancellationToken).ConfigureAwait(false) is not { Metadata.DeletionTimestamp: { } asked } restore
            || !RestoreFinalizer.IsOn(restore))
        {
            return null;
        }

        if (isRunning(name))
        {
            return Soon;
        }

        try
        {
            await RemoveObjectsAsync(restore, cancellationToken).ConfigureAwait(false);
        }
        catch (AeosException failure)
        {
            // A bucket that is away may come back; one that does not must not keep the Restore for ever.
            if (DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, out var since) && server.Time.GetUtcNow() - since < server.Options.ResourceTimeout)
            {
                throw;
            }

            LeftBehind(name, failure.Cause);
            await server.Events.WarningAsync(restore, "ObjectsLeftBehind", $"The restore's objects stay in the bucket: {failure.Cause}", cancellationToken).ConfigureAwait(false);
        }

        await RestoreFinalizer.RemoveAsync(restore, server, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task RemoveObjectsAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        if (restore is not { Status.StartTimestamp: not null, Spec.BackupName: { Length: > 0 } backupName })
        {
            return;
        }

        var backup = await server.Backups.TryGetAsync(backupName, cancellationToken).ConfigureAwait(false);
        var location = backup?.Spec.StorageLocation is { Length: > 0 } where
            ? await server.BackupStorageLocations.TryGetAsync(where, cancellationToken).ConfigureAwait(false)
            : null;
        if (location is null or { Spec.AccessMode: "ReadOnly" })
        {
            Unreachable(restore.Metadata.Name, location is null ? $"its backup {backupName} or the location of that is gone" : "its location is read-only");
            return;
        }

        await using var bucket = await RestoreBucket.OpenToReadAsync(server, location, cancellationToken).ConfigureAwait(false);
        if (await bucket.IsOfAnotherAsync(restore, cancellationToken).ConfigureAwait(false))
        {
            Foreign(restore.Metadata.Name);
            return;
        }

        var objects = await RestoreRemoval.RunIfAnyAsync(bucket.Store, restore.Metadata.Name, cancellationToken).ConfigureAwait(false);
        Removed(objects, restore.Metadata.Name);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Objects} objects of the restore {Restore}")]
    private partial void Removed(int objects, string restore);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Objects of the restore {Restore} are not looked for: {Reason}")]
    private partial void Unreachable(string restore, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bucket has records of another restore {Restore}, of another cluster perhaps: they stay")]
    private partial void Foreign(string restore);

    [LoggerMessage(Level = LogLevel.Error, Message = "Objects of the restore {Restore} stay in the bucket, which has been away for too long: {Reason}")]
    private partial void LeftBehind(string restore, string reason);
}
