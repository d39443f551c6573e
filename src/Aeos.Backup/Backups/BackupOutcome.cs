using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>What came of a backup that is in the bucket.</summary>
/// <param name="Document">What <c>velero-backup.json</c> holds.</param>
/// <param name="Results">Its errors and warnings.</param>
public sealed record BackupOutcome(BackupDocument Document, OperationResults Results);
