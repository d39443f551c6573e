namespace Aeos.Backup.Backups;

/// <summary>How far a backup is.</summary>
/// <param name="Items">Items in the archive so far.</param>
/// <param name="Type">The type that is being written, such as <c>deployments.apps</c>.</param>
public readonly record struct BackupStep(long Items, string Type);
