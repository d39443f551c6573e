namespace Aeos.Backup.Hooks;

/// <summary>Where a hook was told of, as log lines name it.</summary>
internal static class HookSource
{
    /// <summary>The pod's annotations.</summary>
    public const string Annotation = "annotation";

    /// <summary>The backup's or the restore's spec.</summary>
    public const string Spec = "spec";
}
