using Aeos.Velero.Resources;

namespace Aeos.Backup.Filters;

/// <summary>A label selector: in the form that resources have, as the query of a list, and matched here. Immutable.</summary>
public sealed class Selector
{
    private readonly List<LabelRequirement> _requirements;

    /// <summary>Takes a selector.</summary>
    /// <param name="resource">The form that resources have.</param>
    /// <exception cref="AeosException">An operator that there is not, or one without the values that it needs.</exception>
    public Selector(LabelSelector resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resource = resource;
        _requirements =
        [
            .. (resource.MatchLabels ?? new Dictionary<string, string>())
                .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
                .Select(static pair => new LabelRequirement { Key = pair.Key, Operator = "In", Values = [pair.Value] }),
            .. resource.MatchExpressions ?? [],
        ];
        Query = string.Join(',', _requirements.Select(Text));
    }

    /// <summary>The form that resources have.</summary>
    public LabelSelector Resource { get; }

    /// <summary>The form that a list's query has; empty when everything is selected.</summary>
    public string Query { get; }

    /// <summary>Reads a selector in kubectl's notation, such as <c>app=shop,tier!=cache,env in (a,b),!legacy</c>; all of it must hold.</summary>
    /// <exception cref="AeosException">It is none.</exception>
    public static Selector Parse(string text) => new(SelectorNotation.Read(text));

    /// <summary>A spec's selectors, of which one has to match: <c>labelSelector</c>, or else <c>orLabelSelectors</c>; empty: all objects are selected.</summary>
    internal static IReadOnlyList<Selector> Of(LabelSelector? one, IReadOnlyList<LabelSelector>? any)
        => one is not null ? [new Selector(one)] : [.. (any ?? []).Select(static several => new Selector(several))];

    /// <summary>Whether an object with these labels is selected.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(requirement => Matches(requirement, labels));

    /// <summary>The query.</summary>
    public override string ToString() => Query;

    private static bool Matches(LabelRequirement requirement, IReadOnlyDictionary<string, string> labels)
    {
        var value = labels.GetValueOrDefault(requirement.Key);
        return requirement.Operator switch
        {
            "In" => value is not null && requirement.Values!.Contains(value),
            "NotIn" => value is null || !requirement.Values!.Contains(value),
            "Exists" => value is not null,
            _ => value is null,
        };
    }

    private static string Text(LabelRequirement requirement) => requirement.Operator switch
    {
        "In" when Values(requirement) is [var value] => $"{requirement.Key}={value}",
        "In" => $"{requirement.Key} in ({string.Join(',', Values(requirement))})",
        "NotIn" => $"{requirement.Key} notin ({string.Join(',', Values(requirement))})",
        "Exists" => requirement.Key,
        "DoesNotExist" => $"!{requirement.Key}",
        _ => throw new AeosException(
            $"the label selector's operator \"{requirement.Operator}\" is not known", "Use In, NotIn, Exists or DoesNotExist."),
    };

    private static IReadOnlyList<string> Values(LabelRequirement requirement) => requirement.Values is { Count: > 0 } values ? values
        : throw new AeosException($"the label selector's requirement on \"{requirement.Key}\" has no values", "Give the values that the label may have.");
}
