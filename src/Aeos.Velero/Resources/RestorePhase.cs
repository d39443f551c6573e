namespace Aeos.Velero.Resources;

/// <summary>The phases of a Restore that are used here (Velero 1.18, pkg/apis/velero/v1/restore_types.go).</summary>
public static class RestorePhase
{
    /// <summary>Not looked at yet; absence means the same.</summary>
    public const string New = "New";

    /// <summary>It is being made.</summary>
    public const string InProgress = "InProgress";

    /// <summary>All is applied; what was begun in the cluster is waited for.</summary>
    public const string Finalizing = "Finalizing";

    /// <summary>As <see cref="Finalizing"/>, and there were errors.</summary>
    public const string FinalizingPartiallyFailed = "FinalizingPartiallyFailed";

    /// <summary>All was restored.</summary>
    public const string Completed = "Completed";

    /// <summary>Some was not: the results name it.</summary>
    public const string PartiallyFailed = "PartiallyFailed";

    /// <summary>It did not run to its end: <see cref="RestoreStatus.FailureReason"/> says why.</summary>
    public const string Failed = "Failed";

    /// <summary>What was asked for is not possible: <see cref="RestoreStatus.ValidationErrors"/> say why.</summary>
    public const string FailedValidation = "FailedValidation";

    /// <summary>Whether a restore in this phase has ended, well or not.</summary>
    /// <param name="phase">The phase; null: it has not been looked at.</param>
    public static bool IsEnd(string? phase) => phase is Completed or PartiallyFailed or Failed or FailedValidation;
}
