using System.Text.Json;
using Aeos.Backup.Filters;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Hooks;

/// <summary>Gathers what is wrong with hooks in a spec. The API server refuses the same by Velero's resource definitions.</summary>
internal sealed class HookProblems
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(string problem) => _all.Add(problem);

    public void CheckFields(string path, Dictionary<string, JsonElement>? unknown)
        => _all.AddRange((unknown ?? []).Keys.Select(field => $"{path}.{field} is not known"));

    public void CheckCommand(string path, IReadOnlyList<string>? command)
    {
        if (command is not { Count: > 0 })
        {
            Add($"{path}.command is missing or empty");
        }
    }

    public void CheckErrorMode(string path, string? onError)
    {
        if (onError is { Length: > 0 } && HookText.ErrorMode(onError) == HookErrorMode.Unset)
        {
            Add($"{path}.onError is \"{onError}\": Continue and Fail are known");
        }
    }

    public void CheckDuration(string path, string? duration)
    {
        if (duration is not null && !DurationText.TryParse(duration, out _))
        {
            Add($"{path} is \"{duration}\", which is no duration such as 90s or 5m");
        }
    }

    public void CheckSelector(string path, LabelSelector? selector)
    {
        if (selector is not null && FilterRules.WhyRefused(selector) is { } problem)
        {
            Add($"{path}.labelSelector: {problem}");
        }
    }
}
