using Aeos.Embedded.Errors;

namespace Aeos.Embedded.Selection;

/// <summary>Kubernetes' label selectors: equality (<c>a=b,c!=d</c>) and sets (<c>a in (b,c),d notin (e),f,!g</c>).</summary>
internal sealed class LabelSelector
{
    private readonly List<Requirement> _requirements = [];

    private LabelSelector()
    {
    }

    private enum Operator
    {
        In,
        NotIn,
        Exists,
        NotExists,
    }

    public bool IsEmpty => _requirements.Count == 0;

    /// <exception cref="ApiError">400: the text is no selector.</exception>
    public static LabelSelector Parse(string? text)
    {
        var selector = new LabelSelector();
        foreach (var part in Split(text ?? ""))
        {
            selector._requirements.Add(ParseOne(part, text!));
        }

        return selector;
    }

    public bool Matches(ReadOnlySpan<KeyValuePair<string, string>> labels)
    {
        foreach (var requirement in _requirements)
        {
            string? value = null;
            foreach (var label in labels)
            {
                if (label.Key == requirement.Key)
                {
                    value = label.Value;
                }
            }

            var met = requirement.Operator switch
            {
                Operator.In => value is not null && requirement.Values.Contains(value),
                Operator.NotIn => value is null || !requirement.Values.Contains(value),
                Operator.Exists => value is not null,
                _ => value is null,
            };
            if (!met)
            {
                return false;
            }
        }

        return true;
    }

    // Commas part requirements, but not the values within parentheses.
    private static IEnumerable<string> Split(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                var part = text[start..i].Trim();
                if (part.Length > 0)
                {
                    yield return part;
                }

                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }

    private static Requirement ParseOne(string part, string whole)
    {
        if (part[0] == '!')
        {
            return new Requirement(Key(part[1..], whole), Operator.NotExists, []);
        }

        if (part.IndexOf('(', StringComparison.Ordinal) is > 0 and var open && part[^1] == ')')
        {
            var words = part[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var values = part[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            return words switch
            {
                [var key, "in"] => new Requirement(Key(key, whole), Operator.In, values),
                [var key, "notin"] => new Requirement(Key(key, whole), Operator.NotIn, values),
                _ => throw Bad(whole),
            };
        }

        foreach (var (sign, meaning) in new[] { ("!=", Operator.NotIn), ("==", Operator.In), ("=", Operator.In) })
        {
            if (part.IndexOf(sign, StringComparison.Ordinal) is > 0 and var at)
            {
                return new Requirement(Key(part[..at], whole), meaning, [part[(at + sign.Length)..].Trim()]);
            }
        }

        return new Requirement(Key(part, whole), Operator.Exists, []);
    }

    private static string Key(string text, string whole)
    {
        var key = text.Trim();
        return key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') ? key : throw Bad(whole);
    }

    private static ApiError Bad(string whole) => ApiError.BadRequest($"unable to parse requirement: the label selector \"{whole}\" is not valid");

    private sealed record Requirement(string Key, Operator Operator, string[] Values);
}
