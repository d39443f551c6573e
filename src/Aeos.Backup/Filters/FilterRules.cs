using System.Buffers;
using Aeos.Kubernetes.Objects;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Filters;

/// <summary>What Velero 1.18 refuses in lists of names to include and to exclude (pkg/util/collections/includes_excludes.go, pkg/util/wildcard/expand.go).</summary>
internal static class FilterRules
{
    private const string Everything = "*";

    private static readonly SearchValues<char> Unsupported = SearchValues.Create("|()!{},");

    /// <summary>What is wrong with lists of types, or of anything.</summary>
    public static IEnumerable<string> Lists(IReadOnlyList<string>? includes, IReadOnlyList<string>? excludes)
    {
        if (includes is { Count: > 1 } && includes.Contains(Everything))
        {
            yield return "includes list must either contain '*' only, or a non-empty list of items";
        }

        if (excludes?.Contains(Everything) == true)
        {
            yield return "excludes list cannot contain '*'";
        }

        foreach (var problem in Common(includes, excludes))
        {
            yield return problem;
        }
    }

    /// <summary>What is wrong with label selectors: one may be given, or several of which one has to match.</summary>
    public static IEnumerable<string> Selectors(LabelSelector? one, IReadOnlyList<LabelSelector>? any)
    {
        if (one is not null && any is not null)
        {
            yield return "encountered labelSelector as well as orLabelSelectors, only one can be specified";
        }

        foreach (var selector in (any ?? []).Concat(one is null ? [] : [one]))
        {
            if (WhyRefused(selector) is { } problem)
            {
                yield return problem;
            }
        }
    }

    /// <summary>Why a selector is none; null when it is one.</summary>
    public static string? WhyRefused(LabelSelector selector)
    {
        try
        {
            _ = new Selector(selector);
            return null;
        }
        catch (AeosException refusal)
        {
            return refusal.Cause;
        }
    }

    /// <summary>What is wrong with lists of types of one scope, where <c>*</c> may be excluded.</summary>
    public static IEnumerable<string> ScopedLists(IReadOnlyList<string>? includes, IReadOnlyList<string>? excludes)
    {
        if (includes is { Count: > 1 } && includes.Contains(Everything))
        {
            yield return "includes list must either contain '*' only, or a non-empty list of items";
        }

        if (excludes is { Count: > 1 } && excludes.Contains(Everything))
        {
            yield return "excludes list must either contain '*' only, or a non-empty list of items";
        }

        if (includes is { Count: > 0 } && excludes?.Contains(Everything) == true)
        {
            yield return "when exclude is '*', include cannot have value";
        }

        foreach (var problem in Common(includes, excludes))
        {
            yield return problem;
        }
    }

    /// <summary>What is wrong with lists of namespaces.</summary>
    public static IEnumerable<string> Namespaces(IReadOnlyList<string>? includes, IReadOnlyList<string>? excludes)
        => Lists(includes, excludes).Concat((includes ?? []).Concat(excludes ?? []).Distinct(StringComparer.Ordinal).Select(Namespace).OfType<string>());

    private static IEnumerable<string> Common(IReadOnlyList<string>? includes, IReadOnlyList<string>? excludes)
        => (excludes ?? []).Intersect(includes ?? [], StringComparer.Ordinal).Select(static both => $"excludes list cannot contain an item in the includes list: {both}");

    private static string? Namespace(string name)
    {
        if (name.AsSpan().IndexOfAny(Unsupported) >= 0)
        {
            return $"the namespace pattern \"{name}\" contains one of the characters |, (, ), !, {{, }} and , which are not supported";
        }

        if (name.Contains("**", StringComparison.Ordinal))
        {
            return $"the namespace pattern \"{name}\" contains consecutive asterisks: only a single * is allowed";
        }

        if (!AreBracketsClosed(name))
        {
            return $"the namespace pattern \"{name}\" contains a bracket without its other half, or an empty pair";
        }

        // As Velero does: what stands for characters is taken for one of them.
        var plain = string.Concat(name.Select(static c => c is '*' or '?' or '[' or ']' ? 'x' : c));
        return plain.Length == 0 || DnsName.IsLabel(plain) ? null
            : $"invalid namespace \"{name}\": a name has at most {DnsName.LongestLabel} lower-case letters, digits and -, with a letter or a digit at both ends";
    }

    private static bool AreBracketsClosed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == ']')
            {
                return false;
            }

            if (name[i] == '[')
            {
                var end = name.IndexOf(']', i);
                if (end < 0 || end == i + 1)
                {
                    return false;
                }

                i = end;
            }
        }

        return true;
    }
}
