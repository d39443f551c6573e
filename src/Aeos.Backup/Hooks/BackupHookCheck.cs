using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>What cannot be in a backup's hooks.</summary>
internal static class BackupHookCheck
{
    /// <summary>All that is wrong with them; empty: nothing.</summary>
    public static IReadOnlyList<string> Problems(BackupHooks? hooks)
    {
        var problems = new HookProblems();
        problems.CheckFields("spec.hooks", hooks?.Others);
        foreach (var (index, group) in (hooks?.Resources ?? []).Index())
        {
            var path = $"spec.hooks.resources[{index}]";
            problems.CheckFields(path, group.Others);
            problems.CheckSelector(path, group.LabelSelector);
            Check(problems, $"{path}.pre", group.PreHooks);
            Check(problems, $"{path}.post", group.PostHooks);
        }

        return problems.All;
    }

    private static void Check(HookProblems problems, string list, IReadOnlyList<BackupResourceHook>? hooks)
    {
        foreach (var (index, hook) in (hooks ?? []).Index())
        {
            var path = $"{list}[{index}]";
            problems.CheckFields(path, hook.Others);
            if (hook.Exec is not { } exec)
            {
                problems.Add($"{path}.exec is missing");
                continue;
            }

            path += ".exec";
            problems.CheckFields(path, exec.Others);
            problems.CheckCommand(path, exec.Command);
            problems.CheckErrorMode(path, exec.OnError);
            problems.CheckDuration($"{path}.timeout", exec.Timeout);
        }
    }
}
