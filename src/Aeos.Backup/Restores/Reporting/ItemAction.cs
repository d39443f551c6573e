namespace Aeos.Backup.Restores.Reporting;

/// <summary>What became of an object (Velero 1.18, pkg/restore/request.go).</summary>
public enum ItemAction
{
    /// <summary>The restore did not come to its end for this object.</summary>
    Pending,

    /// <summary>It was created.</summary>
    Created,

    /// <summary>It was there and was changed.</summary>
    Updated,

    /// <summary>It was there as in the backup, or is not restored.</summary>
    Skipped,

    /// <summary>It could not be restored, or is there and differs.</summary>
    Failed,
}
