namespace Aeos.Velero.Resources;

/// <summary>How many objects a restore has.</summary>
public sealed record RestoreProgressStatus
{
    /// <summary>Objects that there were to restore.</summary>
    public int? TotalItems { get; set; }

    /// <summary>Objects that something became of.</summary>
    public int? ItemsRestored { get; set; }
}
