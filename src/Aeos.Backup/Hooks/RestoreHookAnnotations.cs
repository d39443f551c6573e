using System.Text.Json.Nodes;

namespace Aeos.Backup.Hooks;

/// <summary>The hooks that a pod's own annotations ask for while it is restored.</summary>
internal static class RestoreHookAnnotations
{
    private const string ExecPrefix = "post.hook.restore.velero.io";
    private const string InitPrefix = "init.hook.restore.velero.io";

    /// <summary>The command to run; null when there is none.</summary>
    public static RestoreExecHook? FindExec(IReadOnlyDictionary<string, string> annotations, List<string> warnings)
        => PodHook.OfAnnotations(annotations, ExecPrefix, "exec-timeout", warnings) is { } hook
            ? new RestoreExecHook(
                hook, HookText.Duration(annotations, $"{ExecPrefix}/wait-timeout", warnings), HookText.Flag(annotations, $"{ExecPrefix}/wait-for-ready", warnings))
            : null;

    /// <summary>The init container to add; null when there is none. Without a name it gets one; without a command its image's entry point runs.</summary>
    public static JsonObject? FindInit(IReadOnlyDictionary<string, string> annotations)
    {
        if (annotations.GetValueOrDefault($"{InitPrefix}/container-image") is not { Length: > 0 } image)
        {
            return null;
        }

        var container = new JsonObject
        {
            ["name"] = annotations.GetValueOrDefault($"{InitPrefix}/container-name") is { Length: > 0 } name ? name : $"velero-restore-init-{Guid.NewGuid().ToString()[..8]}",
            ["image"] = image,
        };
        if (annotations.GetValueOrDefault($"{InitPrefix}/command") is { Length: > 0 } command)
        {
            container["command"] = new JsonArray([.. HookText.Command(command).Select(static part => (JsonNode)part)]);
        }

        return container;
    }
}
