namespace Aeos.Backup.Hooks;

/// <summary>What a watch says of one pod.</summary>
/// <param name="IsState">Whether the state is known; otherwise it has to be read.</param>
/// <param name="State">The state; null: the pod is gone.</param>
internal readonly record struct PodNews(bool IsState, PodState? State)
{
    /// <summary>Something may have been missed.</summary>
    public static PodNews Missed => default;
}
