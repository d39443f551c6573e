namespace Aeos.Velero.Resources;

/// <summary>How hooks went.</summary>
public sealed record HookStatus
{
    /// <summary>Hooks that were tried.</summary>
    public int? HooksAttempted { get; set; }

    /// <summary>Hooks that failed.</summary>
    public int? HooksFailed { get; set; }
}
