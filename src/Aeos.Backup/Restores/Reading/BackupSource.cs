using Aeos.Backup.Reading;
using Aeos.Encryption;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Reading;

/// <summary>Finds the backup that a restore is of: the one that is named, or the newest of a schedule (Velero 1.18, pkg/controller/restore_controller.go).</summary>
internal sealed class BackupSource(BucketReader bucket)
{
    /// <exception cref="AeosException">There is no such backup, or it has no archive that can be restored.</exception>
    public async Task<BackupDocument> FindAsync(RestoreSpec spec, CancellationToken cancellationToken)
    {
        if (spec.BackupName is not { Length: > 0 } name)
        {
            return await NewestAsync(spec.ScheduleName!, cancellationToken).ConfigureAwait(false);
        }

        var backup = await bucket.ReadBackupAsync(name, cancellationToken).ConfigureAwait(false);
        if (backup.Status.Phase is not (BackupPhase.Completed or BackupPhase.PartiallyFailed))
        {
            throw new RestoreRefusedException(
                $"the backup {Printable.Quote(name)} is in the phase {Printable.Quote(backup.Status.Phase ?? "")}: it has no archive that can be restored",
                "Restore from a backup that is Completed or PartiallyFailed.");
        }

        return Named(backup, name);
    }

    private async Task<BackupDocument> NewestAsync(string schedule, CancellationToken cancellationToken)
    {
        BackupDocument? newest = null;
        var count = 0;
        await foreach (var name in bucket.ListBackupsAsync(cancellationToken).ConfigureAwait(false))
        {
            var backup = await bucket.ReadBackupAsync(name, cancellationToken).ConfigureAwait(false);
            if (!backup.IsOfSchedule(schedule))
            {
                continue;
            }

            count++;
            if (backup.Status.Phase == BackupPhase.Completed && string.CompareOrdinal(backup.Status.StartTimestamp, newest?.Status.StartTimestamp) > 0)
            {
                newest = Named(backup, name);
            }
        }

        return newest ?? throw new RestoreRefusedException(
            $"{(count == 0 ? "No backups found for schedule" : "No completed backups found for schedule")} {Printable.Quote(schedule)}", "Name the backup that is to be restored.");
    }

    // The folder's name is the backup's, whatever the document in it says.
    private static BackupDocument Named(BackupDocument backup, string name) => backup with { Metadata = backup.Metadata with { Name = name } };
}
