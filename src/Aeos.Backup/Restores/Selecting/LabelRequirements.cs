using System.Text.RegularExpressions;

namespace Aeos.Backup.Restores.Selecting;

/// <summary>A label selector in kubectl's notation: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k</c>. All must hold.</summary>
internal sealed partial class LabelRequirements
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _requirements = [];

    /// <exception cref="AeosException">It is no selector.</exception>
    public static LabelRequirements Parse(string selector)
    {
        var parsed = new LabelRequirements();
        foreach (var part in Separator().Split(selector).Select(static part => part.Trim()).Where(static part => part.Length > 0))
        {
            parsed._requirements.Add(Requirement(part));
        }

        return parsed;
    }

    public bool Match(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(requirement => requirement(labels));

    private static Func<IReadOnlyDictionary<string, string>, bool> Requirement(string text)
    {
        if (Set().Match(text) is { Success: true } set)
        {
            var (name, isIn) = (set.Groups["key"].Value, set.Groups["operator"].Value == "in");
            var values = set.Groups["values"].Value.Split(',').Select(static value => value.Trim()).ToHashSet(StringComparer.Ordinal);
            return labels => labels.TryGetValue(name, out var found) ? values.Contains(found) == isIn : !isIn;
        }

        if (Equality().Match(text) is { Success: true } equality)
        {
            var (name, wanted, isEqual) = (equality.Groups["key"].Value, equality.Groups["value"].Value, equality.Groups["operator"].Value != "!=");
            return labels => labels.TryGetValue(name, out var found) ? (found == wanted) == isEqual : !isEqual;
        }

        if (Existence().Match(text) is { Success: true } existence)
        {
            var (name, exists) = (existence.Groups["key"].Value, existence.Groups["not"].Length == 0);
            return labels => labels.ContainsKey(name) == exists;
        }

        throw new AeosException(
            $"the selector's part \"{text}\" is none of key=value, key!=value, key in (a,b), key notin (a,b), key and !key", "Correct --selector.");
    }

    // A comma inside parentheses separates values.
    [GeneratedRegex(@",(?![^(]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(?<key>[\w./-]+)\s+(?<operator>in|notin)\s*\((?<values>[^()]*)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Set();

    [GeneratedRegex(@"^(?<key>[\w./-]+)\s*(?<operator>==|=|!=)\s*(?<value>[\w.-]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Equality();

    [GeneratedRegex(@"^(?<not>!?)\s*(?<key>[\w./-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Existence();
}
