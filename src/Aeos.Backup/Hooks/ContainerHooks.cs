namespace Aeos.Backup.Hooks;

/// <summary>The hooks of one container of a restored pod, and how many of them have been taken up.</summary>
/// <param name="Container">The container.</param>
/// <param name="Hooks">Its hooks, in order.</param>
internal sealed record ContainerHooks(string Container, IReadOnlyList<RestoreExecHook> Hooks)
{
    /// <summary>Hooks that were run or had expired.</summary>
    public int Done { get; set; }

    /// <summary>Whether the container has to be ready: one hook that wants it makes the others wait too.</summary>
    public bool WaitForReady { get; } = Hooks.Any(static hook => hook.WaitForReady);
}
