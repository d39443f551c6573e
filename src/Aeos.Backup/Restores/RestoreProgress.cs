namespace Aeos.Backup.Restores;

/// <summary>How far a restore is.</summary>
/// <param name="IsApplying">False while the archive is read and verified, and nothing is applied.</param>
/// <param name="Done">Objects that were read, or restored.</param>
/// <param name="Total">Objects to restore; zero while reading.</param>
public readonly record struct RestoreProgress(bool IsApplying, int Done, int Total)
{
    /// <summary>Pods whose hooks are awaited, once all objects are restored (Velero's phase <c>Finalizing</c>); zero before and where there are none.</summary>
    public int AwaitedPods { get; init; }
}
