namespace Aeos.Backup.Restores;

/// <summary>How far a restore is.</summary>
/// <param name="IsApplying">False while the archive is read and verified, and nothing is applied.</param>
/// <param name="Done">Objects that were read, or restored.</param>
/// <param name="Total">Objects to restore; zero while reading.</param>
public readonly record struct RestoreProgress(bool IsApplying, int Done, int Total)
{
    /// <summary>Whether all objects are restored, and hooks in pods are awaited (Velero's phase <c>Finalizing</c>): then the pods are counted.</summary>
    public bool IsFinalizing { get; init; }
}
