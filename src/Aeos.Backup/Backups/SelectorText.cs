using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>Reads label selectors as people type them: <c>app=shop,tier!=cache,env in (a,b),!legacy</c>.</summary>
public static class SelectorText
{
    /// <summary>Reads a selector.</summary>
    /// <param name="text">The selector; all of its requirements must hold.</param>
    /// <exception cref="AeosException">It is none.</exception>
    public static LabelSelector Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var expressions = new List<LabelRequirement>();
        foreach (var part in Split(text))
        {
            var requirement = Read(part) ?? throw new AeosException(
                $"\"{text}\" is not a label selector", "Write it as in app=shop,tier!=cache or \"env in (test,prod)\".");
            if (requirement is { Operator: "In", Values: [var value] } && part.Contains('=', StringComparison.Ordinal) && labels.TryAdd(requirement.Key, value))
            {
                continue;
            }

            expressions.Add(requirement);
        }

        return new LabelSelector { MatchLabels = labels.Count > 0 ? labels : null, MatchExpressions = expressions.Count > 0 ? expressions : null };
    }

    private static IEnumerable<string> Split(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }

        yield return text[start..].Trim();
    }

    private static LabelRequirement? Read(string part)
    {
        if (part.IndexOf('=') is var equals and > 0)
        {
            var negated = part[equals - 1] == '!';
            var key = part[..(negated ? equals - 1 : equals)].Trim();
            var value = part[(equals + 1)..].TrimStart('=').Trim();
            return IsKey(key) ? new LabelRequirement { Key = key, Operator = negated ? "NotIn" : "In", Values = [value] } : null;
        }

        if (part.StartsWith('!'))
        {
            return IsKey(part[1..].Trim()) ? new LabelRequirement { Key = part[1..].Trim(), Operator = "DoesNotExist" } : null;
        }

        var words = part.Split([' ', '('], 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [var key] when IsKey(key) => new LabelRequirement { Key = key, Operator = "Exists" },
            [var key, "in" or "notin", var values] when IsKey(key) && values.EndsWith(')') => new LabelRequirement
            {
                Key = key,
                Operator = words[1] == "in" ? "In" : "NotIn",
                Values = values.Trim('(', ')').Split(',', StringSplitOptions.TrimEntries),
            },
            _ => null,
        };
    }

    private static bool IsKey(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/');
}
