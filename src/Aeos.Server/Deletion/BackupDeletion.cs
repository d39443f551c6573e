using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Backup.Restores;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Deletion;

/// <summary>
/// Deletes one backup: its objects, those of restores from it, the Restores, and last the Backup. Nothing is read of the archive: one that cannot be decrypted
/// goes like any other, and so does a backup whose objects are gone.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="log">Takes what happens.</param>
internal sealed partial class BackupDeletion(ServerContext server, ILogger log)
{
    // Velero's: finalizers of Restores may fail.
    private static readonly TimeSpan RestorePatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = log;

    /// <summary>Deletes it.</summary>
    /// <param name="backup">It.</param>
    /// <param name="location">Where its objects are; null: it has none, and nothing but the Backup goes.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What failed; then the Backup stays.</returns>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The API server is away: it can be done anew.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(BackupDocument backup, BackupStorageLocationDocument? location, CancellationToken cancellationToken)
    {
        if (location is null)
        {
            await server.Backups.DeleteAsync(backup, cancellationToken).ConfigureAwait(false);
            return [];
        }

        var errors = new List<string>();
        try
        {
            await using var opened = await server.Locations.OpenAsync(location, cancellationToken).ConfigureAwait(false);
            if (await IsOfAnotherAsync(backup, opened, cancellationToken).ConfigureAwait(false))
            {
                Kept(backup.Metadata.Name);
                await server.Backups.DeleteAsync(backup, cancellationToken).ConfigureAwait(false);
                return errors;
            }

            var restores = await RestoreRemoval.OfBackupAsync(opened.Store, backup.Metadata.Name, Warned, cancellationToken).ConfigureAwait(false);
            var objects = await BackupRemoval.RunIfAnyAsync(opened.Store, backup.Metadata.Name, cancellationToken).ConfigureAwait(false);
            Removed(objects, backup.Metadata.Name, restores.Count);
        }
        catch (AeosException failure)
        {
            errors.Add(failure.Cause);
        }

        if (await DeleteRestoresAsync(backup.Metadata.Name, cancellationToken).ConfigureAwait(false) is { } left)
        {
            errors.Add(left);
        }

        if (errors.Count == 0)
        {
            await server.Backups.DeleteAsync(backup, cancellationToken).ConfigureAwait(false);
        }

        return errors;
    }

    // A Backup that was refused since its name is taken in the bucket must not take away what it was refused for. One from the bucket has another UID there, and the same start.
    private static async Task<bool> IsOfAnotherAsync(BackupDocument backup, BareLocation opened, CancellationToken cancellationToken)
    {
        using var keys = new ReadingKeys(opened.Keys, new KeyScope());
        try
        {
            var stored = await new BucketReader(opened.Store, keys, opened.Domain).ReadBackupAsync(backup.Metadata.Name, cancellationToken).ConfigureAwait(false);
            return stored.Metadata.Uid != backup.Metadata.Uid && stored.Status.StartTimestamp != backup.Status.StartTimestamp;
        }
        catch (AeosException failure) when (failure is not ObjectStoreException or ObjectNotFoundException)
        {
            // None, or damaged: what lies there is nobody else's.
            return false;
        }
    }

    private async Task<string?> DeleteRestoresAsync(string backupName, CancellationToken cancellationToken)
    {
        var left = await RestoresOfAsync(backupName, cancellationToken).ConfigureAwait(false);
        foreach (var restore in left)
        {
            await server.Restores.DeleteAsync(restore, cancellationToken).ConfigureAwait(false);
        }

        for (var began = server.Time.GetTimestamp(); left.Count > 0; left = await RestoresOfAsync(backupName, cancellationToken).ConfigureAwait(false))
        {
            if (server.Time.GetElapsedTime(began) > RestorePatience)
            {
                return $"error deleting restore {string.Join(", ", left)}: timed out waiting for it to go";
            }

            await Task.Delay(LookPeriod, server.Time, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<List<string>> RestoresOfAsync(string backupName, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var restore in server.Restores.ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (restore.Spec.BackupName == backupName)
            {
                names.Add(restore.Metadata.Name);
            }
        }

        return names;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Objects} objects of the backup {Backup}, and the records of {Restores} restores from it")]
    private partial void Removed(int objects, string backup, int restores);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The objects of the backup {Backup} in the bucket are another backup's of that name, and stay: only the resource is deleted")]
    private partial void Kept(string backup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void Warned(string warning);
}
