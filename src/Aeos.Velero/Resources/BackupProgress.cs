namespace Aeos.Velero.Resources;

/// <summary>How many items a backup has.</summary>
public sealed record BackupProgress
{
    /// <summary>Items that there are to back up.</summary>
    public long? TotalItems { get; set; }

    /// <summary>Items that are in the archive.</summary>
    public long? ItemsBackedUp { get; set; }
}
