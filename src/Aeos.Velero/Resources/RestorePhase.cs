namespace Aeos.Velero.Resources;

/// <summary>The phases of a Restore that end it.</summary>
public static class RestorePhase
{
    /// <summary>All was restored.</summary>
    public const string Completed = "Completed";

    /// <summary>Some was not: the results name it.</summary>
    public const string PartiallyFailed = "PartiallyFailed";

    /// <summary>It did not run to its end: <see cref="RestoreStatus.FailureReason"/> says why.</summary>
    public const string Failed = "Failed";

    /// <summary>What was asked for is not possible: <see cref="RestoreStatus.ValidationErrors"/> say why.</summary>
    public const string FailedValidation = "FailedValidation";
}
