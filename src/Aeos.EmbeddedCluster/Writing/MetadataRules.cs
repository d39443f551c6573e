using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Writing;

/// <summary>What every object's metadata must keep to: names, labels, annotations, finalizers, owner references.</summary>
internal static partial class MetadataRules
{
    private const int AnnotationsLimit = 256 * 1024;
    private const string LowerCase = "must consist of lower case alphanumeric characters";
    private const string BothEnds = "must start and end with an alphanumeric character";
    private const string KeyRule = $"name part must consist of alphanumeric characters, '-', '_' or '.', and {BothEnds}";
    private const string ValueRule = $"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and {BothEnds}";

    public static List<FieldProblem> Check(ResourceType type, JsonObject metadata)
    {
        var problems = new List<FieldProblem>();
        CheckName(type, metadata, problems);
        CheckLabels(metadata, problems);
        CheckAnnotations(metadata, problems);
        CheckOwners(metadata, problems);
        foreach (var finalizer in metadata.Texts("finalizers").Where(f => !IsQualifiedName(f)))
        {
            problems.Add(FieldProblem.InvalidText("metadata.finalizers", finalizer, KeyRule));
        }

        return problems;
    }

    private static void CheckName(ResourceType type, JsonObject metadata, List<FieldProblem> problems)
    {
        var name = metadata.Filled("name");
        if (name is null)
        {
            problems.Add(FieldProblem.Required("metadata.name", "name or generateName is required"));
            return;
        }

        var (pattern, limit, rule) = type.NameRule switch
        {
            NameRule.Label => (Label(), 63, $"a lowercase RFC 1123 label {LowerCase} or '-', and {BothEnds}"),
            NameRule.OldLabel => (OldLabel(), 63, $"a DNS-1035 label {LowerCase} or '-', start with an alphabetic character, and end with an alphanumeric one"),
            NameRule.PathSegment => (PathSegment(), 1024, "may not be '.' or '..' and may not contain '/' or '%'"),
            _ => (Subdomain(), 253, $"a lowercase RFC 1123 subdomain {LowerCase}, '-' or '.', and {BothEnds}"),
        };
        if (name.Length > limit)
        {
            problems.Add(FieldProblem.InvalidText("metadata.name", name, $"must be no more than {limit} bytes"));
        }
        else if (!pattern.IsMatch(name))
        {
            problems.Add(FieldProblem.InvalidText("metadata.name", name, rule));
        }
    }

    private static void CheckLabels(JsonObject metadata, List<FieldProblem> problems)
    {
        foreach (var (key, value) in metadata.Child("labels") ?? [])
        {
            if (!IsQualifiedName(key))
            {
                problems.Add(FieldProblem.InvalidText("metadata.labels", key, KeyRule));
            }

            if (value is not JsonValue json || !json.TryGetValue(out string? text))
            {
                throw ApiError.BadRequest($"json: the value of label \"{key}\" is no text");
            }

            if (text.Length > 63)
            {
                problems.Add(FieldProblem.InvalidText("metadata.labels", text, "must be no more than 63 bytes"));
            }
            else if (text.Length > 0 && !NamePart().IsMatch(text))
            {
                problems.Add(FieldProblem.InvalidText("metadata.labels", text, ValueRule));
            }
        }
    }

    private static void CheckAnnotations(JsonObject metadata, List<FieldProblem> problems)
    {
        long size = 0;
        foreach (var (key, value) in metadata.Child("annotations") ?? [])
        {
            if (!IsQualifiedName(key.ToLowerInvariant()))
            {
                problems.Add(FieldProblem.InvalidText("metadata.annotations", key, KeyRule));
            }

            if (value is not JsonValue json || !json.TryGetValue(out string? text))
            {
                throw ApiError.BadRequest($"json: the value of annotation \"{key}\" is no text");
            }

            size += key.Length + text.Length;
        }

        if (size > AnnotationsLimit)
        {
            problems.Add(new FieldProblem("FieldValueTooLong", "metadata.annotations", $"Too long: may not be more than {AnnotationsLimit} bytes"));
        }
    }

    private static void CheckOwners(JsonObject metadata, List<FieldProblem> problems)
    {
        foreach (var owner in metadata.Objects("ownerReferences"))
        {
            foreach (var field in new[] { "apiVersion", "kind", "name", "uid" })
            {
                if (owner.Filled(field) is null)
                {
                    problems.Add(FieldProblem.InvalidText($"metadata.ownerReferences.{field}", "", "must not be empty"));
                }
            }
        }
    }

    private static bool IsQualifiedName(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (prefix, name) = slash < 0 ? (null, text) : (text[..slash], text[(slash + 1)..]);
        return name.Length is > 0 and <= 63 && NamePart().IsMatch(name)
            && (prefix is null || (prefix.Length is > 0 and <= 253 && Subdomain().IsMatch(prefix)));
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex OldLabel();

    [GeneratedRegex(@"^(?!\.{1,2}\z)[^/%]+\z")]
    private static partial Regex PathSegment();

    [GeneratedRegex(@"^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z")]
    private static partial Regex NamePart();
}
