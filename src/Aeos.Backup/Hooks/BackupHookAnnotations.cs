namespace Aeos.Backup.Hooks;

/// <summary>The hook that a pod's own annotations ask for while it is backed up.</summary>
internal static class BackupHookAnnotations
{
    /// <summary>The hook of a phase; annotations without a phase, as older Velero had them, mean the first.</summary>
    /// <returns>Null when there is none.</returns>
    public static PodHook? Find(IReadOnlyDictionary<string, string> annotations, string phase, List<string> warnings)
        => annotations.Count == 0 ? null
            : Read(annotations, $"{phase}.", warnings) ?? (phase == HookPhase.Pre ? Read(annotations, "", warnings) : null);

    private static PodHook? Read(IReadOnlyDictionary<string, string> annotations, string prefix, List<string> warnings)
        => PodHook.OfAnnotations(annotations, $"{prefix}hook.backup.velero.io", "timeout", warnings);
}
