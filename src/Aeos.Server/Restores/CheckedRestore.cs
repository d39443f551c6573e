using Aeos.Velero.Resources;

namespace Aeos.Server.Restores;

/// <summary>A Restore that was looked at before it is begun.</summary>
/// <param name="Spec">Its spec, made whole.</param>
/// <param name="Problems">Why it is not possible; empty: it is.</param>
/// <param name="Backup">What it is of; null when there are problems.</param>
/// <param name="Location">Where that is; null when there are problems.</param>
internal sealed record CheckedRestore(RestoreSpec Spec, IReadOnlyList<string> Problems, BackupDocument? Backup, BackupStorageLocationDocument? Location)
{
    /// <summary>Whether the location has just been created and is being checked: nothing can be said yet.</summary>
    public bool IsEarly => Location is { Status.Phase: null or "" };

    /// <summary>The schedule that the metrics are about.</summary>
    public string Schedule => Spec.ScheduleName ?? "";
}
