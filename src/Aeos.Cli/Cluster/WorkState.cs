using Aeos.Velero.Resources;

namespace Aeos.Cli.Cluster;

/// <summary>How far the server is with a backup or a restore.</summary>
/// <param name="Phase">Its phase.</param>
/// <param name="HasEnded">Whether that is a last one.</param>
/// <param name="Work">What is being done, for people.</param>
/// <param name="Done">Items that are done.</param>
/// <param name="Total">Items in all; 0: not known.</param>
internal sealed record WorkState(string Phase, bool HasEnded, string Work, long Done, long Total)
{
    /// <summary>Of a backup.</summary>
    public static WorkState Of(BackupDocument backup)
    {
        var status = backup.Status;
        var work = status.Phase switch
        {
            null or "" or BackupPhase.New => "waiting for the server",
            BackupPhase.Queued => status.QueuePosition is { } position ? $"queued, number {position}" : "queued",
            BackupPhase.ReadyToStart => "about to begin",
            BackupPhase.Finalizing or BackupPhase.FinalizingPartiallyFailed => "finalizing",
            _ => "backing up",
        };
        return new WorkState(
            status.Phase ?? BackupPhase.New,
            BackupPhase.IsEnd(status.Phase),
            work,
            status.Progress?.ItemsBackedUp ?? 0,
            status.Progress?.TotalItems ?? 0);
    }

    /// <summary>Of a restore.</summary>
    public static WorkState Of(RestoreDocument restore)
    {
        var status = restore.Status;
        var work = status.Phase switch
        {
            null or "" or RestorePhase.New => "waiting for the server",
            RestorePhase.Finalizing or RestorePhase.FinalizingPartiallyFailed => "finalizing",
            _ => "restoring",
        };
        return new WorkState(
            status.Phase ?? RestorePhase.New,
            RestorePhase.IsEnd(status.Phase),
            work,
            status.Progress?.ItemsRestored ?? 0,
            status.Progress?.TotalItems ?? 0);
    }
}
