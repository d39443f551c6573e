namespace Aeos.Backup.Restores;

/// <summary>How far a restore is.</summary>
/// <param name="IsApplying">False while the archive is read and verified, and nothing is applied.</param>
/// <param name="Done">Objects that were read, or restored.</param>
/// <param name="Total">Objects to restore; zero while reading.</param>
public readonly record struct RestoreProgress(bool IsApplying, int Done, int Total);
