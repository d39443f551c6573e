namespace Aeos.Velero.Resources;

/// <summary>A DeleteBackupRequest's phases.</summary>
public static class DeleteBackupRequestPhase
{
    /// <summary>Not looked at yet.</summary>
    public const string New = "New";

    /// <summary>It is being worked on.</summary>
    public const string InProgress = "InProgress";

    /// <summary>It is done; the status lists what failed.</summary>
    public const string Processed = "Processed";
}
