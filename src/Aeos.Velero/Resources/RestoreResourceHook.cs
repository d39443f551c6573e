namespace Aeos.Velero.Resources;

/// <summary>One hook: of either kind.</summary>
public sealed record RestoreResourceHook
{
    /// <summary>A command that is run in a container once that runs.</summary>
    public ExecRestoreHook? Exec { get; set; }

    /// <summary>Containers that run before the pod's own.</summary>
    public InitRestoreHook? Init { get; set; }
}
