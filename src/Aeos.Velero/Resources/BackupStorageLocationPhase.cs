namespace Aeos.Velero.Resources;

/// <summary>A BackupStorageLocation's phases.</summary>
public static class BackupStorageLocationPhase
{
    /// <summary>It can be used.</summary>
    public const string Available = "Available";

    /// <summary>It cannot: the message says why.</summary>
    public const string Unavailable = "Unavailable";
}
