using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>The fields that a hook's log lines carry, under Velero's names.</summary>
internal static class HookFields
{
    public static List<KeyValuePair<string, string>> Of(HookPod pod, PodHook hook, string phase) =>
    [
        new("hookCommand", $"[{string.Join(' ', hook.Command)}]"),
        new("hookContainer", pod.ContainerOf(hook)),
        new("hookName", hook.Name),

        // Velero fills in its documented default for the log alone.
        new("hookOnError", hook.OnError == HookErrorMode.Continue ? nameof(HookErrorMode.Continue) : nameof(HookErrorMode.Fail)),
        new("hookPhase", phase),
        new("hookSource", hook.Source),
        new("hookTimeout", $"{{{(hook.Timeout < TimeSpan.Zero ? "-1s" : DurationText.Format(hook.Timeout))}}}"),
        new("hookType", "exec"),
        new("pod", pod.ToString()),
    ];
}
