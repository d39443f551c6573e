using System.Text.RegularExpressions;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Filters;

/// <summary>Reads label selectors as kubectl's users write them: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k</c>.</summary>
internal static partial class SelectorNotation
{
    public static LabelSelector Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var expressions = new List<LabelRequirement>();
        foreach (var part in Comma().Split(text).Select(static part => part.Trim()).Where(static part => part.Length > 0))
        {
            if (Equality().Match(part) is { Success: true } equality && !equality.Groups["not"].Success
                && labels.TryAdd(equality.Groups["key"].Value, equality.Groups["value"].Value))
            {
                continue;
            }

            expressions.Add(Requirement(part, text));
        }

        return new LabelSelector { MatchLabels = labels.Count > 0 ? labels : null, MatchExpressions = expressions.Count > 0 ? expressions : null };
    }

    private static LabelRequirement Requirement(string part, string text)
    {
        if (Equality().Match(part) is { Success: true } equality)
        {
            return new LabelRequirement
            {
                Key = equality.Groups["key"].Value,
                Operator = equality.Groups["not"].Success ? "NotIn" : "In",
                Values = [equality.Groups["value"].Value],
            };
        }

        if (Set().Match(part) is { Success: true } set)
        {
            return new LabelRequirement
            {
                Key = set.Groups["key"].Value,
                Operator = set.Groups["not"].Success ? "NotIn" : "In",
                Values = set.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries),
            };
        }

        if (Existence().Match(part) is { Success: true } existence)
        {
            return new LabelRequirement { Key = existence.Groups["key"].Value, Operator = existence.Groups["not"].Success ? "DoesNotExist" : "Exists" };
        }

        throw new AeosException(
            $"\"{text}\" is not a label selector: \"{part}\" is none of key=value, key!=value, key in (a,b), key notin (a,b), key and !key",
            "Write it as in app=shop,tier!=cache or \"env in (test,prod)\".");
    }

    // A comma inside parentheses separates values.
    [GeneratedRegex(@",(?![^(]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Comma();

    [GeneratedRegex(@"^(?<key>[A-Za-z0-9_./-]+)\s*(?:==|=|(?<not>!=))\s*(?<value>[A-Za-z0-9_.-]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Equality();

    [GeneratedRegex(@"^(?<key>[A-Za-z0-9_./-]+)\s+(?:in|(?<not>notin))\s*\((?<values>[^()]*)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Set();

    [GeneratedRegex(@"^(?<not>!)?\s*(?<key>[A-Za-z0-9_./-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Existence();
}
