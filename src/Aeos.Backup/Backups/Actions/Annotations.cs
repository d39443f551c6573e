namespace Aeos.Backup.Backups.Actions;

/// <summary>Annotations by which an item on which an action runs says how it is backed up (Velero 1.18, executeActions in pkg/backup/item_backupper.go).</summary>
internal static class Annotations
{
    /// <summary><c>true</c>: what it takes along passes all filters.</summary>
    public const string MustInclude = "backup.velero.io/must-include-additional-items";

    /// <summary>With any value: it is left out.</summary>
    public const string Skip = "velero.io/skip-from-backup";
}
