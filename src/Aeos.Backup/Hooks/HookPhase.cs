namespace Aeos.Backup.Hooks;

/// <summary>When a hook is run, as annotations and log lines name it.</summary>
internal static class HookPhase
{
    /// <summary>Before the pod is backed up.</summary>
    public const string Pre = "pre";

    /// <summary>After the pod and what follows from it were backed up, or after it was restored.</summary>
    public const string Post = "post";
}
