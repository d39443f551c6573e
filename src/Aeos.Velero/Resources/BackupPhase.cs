namespace Aeos.Velero.Resources;

/// <summary>The phases of a Backup that end it.</summary>
public static class BackupPhase
{
    /// <summary>All items are in the archive.</summary>
    public const string Completed = "Completed";

    /// <summary>Some items are not: the results name them.</summary>
    public const string PartiallyFailed = "PartiallyFailed";

    /// <summary>There is no usable archive.</summary>
    public const string Failed = "Failed";
}
