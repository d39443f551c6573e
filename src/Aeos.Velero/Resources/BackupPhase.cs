namespace Aeos.Velero.Resources;

/// <summary>The phases of a Backup that are used here (Velero 1.18, pkg/apis/velero/v1/backup_types.go).</summary>
public static class BackupPhase
{
    /// <summary>Not looked at yet; absence means the same.</summary>
    public const string New = "New";

    /// <summary>It waits for others.</summary>
    public const string Queued = "Queued";

    /// <summary>It is its turn.</summary>
    public const string ReadyToStart = "ReadyToStart";

    /// <summary>What was asked for is not possible: the status says why.</summary>
    public const string FailedValidation = "FailedValidation";

    /// <summary>It is being made.</summary>
    public const string InProgress = "InProgress";

    /// <summary>All but the document is in the bucket.</summary>
    public const string Finalizing = "Finalizing";

    /// <summary>All but the document is in the bucket, and there were errors.</summary>
    public const string FinalizingPartiallyFailed = "FinalizingPartiallyFailed";

    /// <summary>It is being deleted.</summary>
    public const string Deleting = "Deleting";

    /// <summary>All items are in the archive.</summary>
    public const string Completed = "Completed";

    /// <summary>Some items are not: the results name them.</summary>
    public const string PartiallyFailed = "PartiallyFailed";

    /// <summary>There is no usable archive.</summary>
    public const string Failed = "Failed";

    /// <summary>Whether a backup in this phase has ended, well or not.</summary>
    /// <param name="phase">The phase; null: it has not been looked at.</param>
    public static bool IsEnd(string? phase) => phase is Completed or PartiallyFailed or Failed or FailedValidation;
}
