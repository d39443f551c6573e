using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>Label selectors: as the server takes them, and matched here.</summary>
internal static class Selector
{
    /// <summary>The selector in the form of a list's query.</summary>
    /// <exception cref="AeosException">An operator that there is not, or one without the values that it needs.</exception>
    public static string Text(LabelSelector selector)
    {
        var parts = (selector.MatchLabels ?? new Dictionary<string, string>())
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}")
            .Concat((selector.MatchExpressions ?? []).Select(Text));
        return string.Join(',', parts);
    }

    /// <summary>Whether an object with these labels is selected.</summary>
    public static bool Matches(LabelSelector selector, IReadOnlyDictionary<string, string> labels)
        => (selector.MatchLabels ?? new Dictionary<string, string>()).All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
            && (selector.MatchExpressions ?? []).All(requirement => Matches(requirement, labels));

    private static bool Matches(LabelRequirement requirement, IReadOnlyDictionary<string, string> labels)
    {
        var value = labels.GetValueOrDefault(requirement.Key);
        return requirement.Operator switch
        {
            "In" => value is not null && Values(requirement).Contains(value),
            "NotIn" => value is null || !Values(requirement).Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => throw Unknown(requirement),
        };
    }

    private static string Text(LabelRequirement requirement) => requirement.Operator switch
    {
        "In" => $"{requirement.Key} in ({string.Join(',', Values(requirement))})",
        "NotIn" => $"{requirement.Key} notin ({string.Join(',', Values(requirement))})",
        "Exists" => requirement.Key,
        "DoesNotExist" => $"!{requirement.Key}",
        _ => throw Unknown(requirement),
    };

    private static IReadOnlyList<string> Values(LabelRequirement requirement) => requirement.Values is { Count: > 0 } values ? values
        : throw new AeosException($"the label selector's requirement on \"{requirement.Key}\" has no values", "Give the values that the label may have.");

    private static AeosException Unknown(LabelRequirement requirement) => new(
        $"the label selector's operator \"{requirement.Operator}\" is not known", "Use In, NotIn, Exists or DoesNotExist.");
}
