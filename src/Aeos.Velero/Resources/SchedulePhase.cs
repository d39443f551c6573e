namespace Aeos.Velero.Resources;

/// <summary>A Schedule's phases.</summary>
public static class SchedulePhase
{
    /// <summary>Not looked at yet.</summary>
    public const string New = "New";

    /// <summary>It makes backups.</summary>
    public const string Enabled = "Enabled";

    /// <summary>It is not possible: the status says why.</summary>
    public const string FailedValidation = "FailedValidation";
}
