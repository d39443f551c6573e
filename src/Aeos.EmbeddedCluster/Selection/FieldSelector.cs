using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Selection;

/// <summary>Field selectors: the name and namespace of every type, and the few fields that a type has indexed.</summary>
internal sealed class FieldSelector
{
    private readonly List<(string Field, string Value, bool Equal)> _terms = [];

    private FieldSelector()
    {
    }

    public bool IsEmpty => _terms.Count == 0;

    /// <exception cref="ApiError">400: not a selector, or of a field that the type does not offer.</exception>
    public static FieldSelector Parse(string? text, ResourceType type)
    {
        var selector = new FieldSelector();
        foreach (var term in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = term.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw ApiError.BadRequest($"invalid selector: '{text}'; can't understand '{term}'");
            }

            var equal = term[at - 1] != '!';
            var field = (equal ? term[..at] : term[..(at - 1)]).Trim();
            if (field is not ("metadata.name" or "metadata.namespace") && !type.SelectableFields.Contains(field))
            {
                throw ApiError.BadRequest($"field label not supported: {field}");
            }

            selector._terms.Add((field, term[(at + 1)..].TrimStart('=').Trim(), equal));
        }

        return selector;
    }

    public bool Matches(StoredObject item)
    {
        foreach (var (field, value, equal) in _terms)
        {
            if ((Read(item, field) == value) != equal)
            {
                return false;
            }
        }

        return true;
    }

    private static string Read(StoredObject item, string field) => field switch
    {
        "metadata.name" => item.Name,
        "metadata.namespace" => item.Namespace ?? "",
        _ => JsonPath.Find(item.Read(), field)?.ToString() ?? "",
    };
}
