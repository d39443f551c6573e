namespace Aeos.Velero.Resources;

/// <summary>What is run in restored pods.</summary>
public sealed record RestoreHooks
{
    /// <summary>The hooks, with the pods that they are for.</summary>
    public IReadOnlyList<RestoreResourceHookSpec>? Resources { get; set; }
}
