using System.Text.Json;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>What cannot be in a restore's hooks.</summary>
internal static class RestoreHookCheck
{
    /// <summary>All that is wrong with them; empty: nothing.</summary>
    public static IReadOnlyList<string> Problems(RestoreHooks? hooks)
    {
        var problems = new HookProblems();
        problems.CheckFields("spec.hooks", hooks?.Others);
        foreach (var (index, group) in (hooks?.Resources ?? []).Index())
        {
            var path = $"spec.hooks.resources[{index}]";
            problems.CheckFields(path, group.Others);
            problems.CheckSelector(path, group.LabelSelector);
            foreach (var (at, hook) in (group.PostHooks ?? []).Index())
            {
                problems.CheckFields($"{path}.postHooks[{at}]", hook.Others);
                CheckExec(problems, $"{path}.postHooks[{at}].exec", hook.Exec);
                CheckInit(problems, $"{path}.postHooks[{at}].init", hook.Init);
            }
        }

        return problems.All;
    }

    /// <summary>What is in them and has no effect, as with Velero: lines for the log.</summary>
    public static IEnumerable<string> Ignored(RestoreHooks? hooks)
    {
        foreach (var (index, group) in (hooks?.Resources ?? []).Index())
        {
            var path = $"spec.hooks.resources[{index}]";
            if (group.IncludedResources is { Count: > 0 } and not [TypeNames.Pods] || group.ExcludedResources is { Count: > 0 })
            {
                yield return $"{path}: includedResources and excludedResources have no effect: these hooks are for pods";
            }

            if ((group.PostHooks ?? []).Any(static hook => hook.Init?.Timeout is not null))
            {
                yield return $"{path}: the timeout of init containers has no effect: they are not waited for";
            }
        }
    }

    private static void CheckExec(HookProblems problems, string path, ExecRestoreHook? exec)
    {
        if (exec is null)
        {
            return;
        }

        problems.CheckFields(path, exec.Others);
        problems.CheckCommand(path, exec.Command);
        problems.CheckErrorMode(path, exec.OnError);
        problems.CheckDuration($"{path}.execTimeout", exec.ExecTimeout);
        problems.CheckDuration($"{path}.waitTimeout", exec.WaitTimeout);
    }

    private static void CheckInit(HookProblems problems, string path, InitRestoreHook? init)
    {
        problems.CheckFields(path, init?.Others);
        problems.CheckDuration($"{path}.timeout", init?.Timeout);
        foreach (var (index, container) in (init?.InitContainers ?? []).Index())
        {
            if (!HasText(container, "name") || !HasText(container, "image") || !HasCommand(container))
            {
                problems.Add($"{path}.initContainers[{index}] needs name, image and command");
            }
        }
    }

    private static bool HasText(JsonElement container, string name) => container.ValueKind == JsonValueKind.Object
        && container.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 };

    private static bool HasCommand(JsonElement container)
        => container.TryGetProperty("command", out var command) && command.ValueKind == JsonValueKind.Array && command.GetArrayLength() > 0;
}
