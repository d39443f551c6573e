using System.Text.Json.Nodes;
using Aeos.Backup.Filters;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>The label selector of a rule's conditions.</summary>
internal static class ModifierLabels
{
    /// <summary>Reads a selector; null when there is none.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Selector? Of(JsonNode? node, string path)
    {
        if (node is null)
        {
            return null;
        }

        var fields = new ModifierFields(node, path, "matchLabels", "matchExpressions");
        var labels = new LabelSelector
        {
            MatchLabels = fields["matchLabels"] switch
            {
                null => null,
                JsonObject map => map.ToDictionary(
                    static pair => pair.Key, pair => ModifierFields.Text(pair.Value, fields.At("matchLabels")), StringComparer.Ordinal),
                _ => throw new FormatException($"{fields.At("matchLabels")} is no object"),
            },
            MatchExpressions = [.. fields.Entries("matchExpressions").Select(static entry => Requirement(entry.Node, entry.Path))],
        };
        try
        {
            return new Selector(labels);
        }
        catch (AeosException refusal)
        {
            throw new FormatException($"{path}: {refusal.Cause}", refusal);
        }
    }

    private static LabelRequirement Requirement(JsonNode? node, string path)
    {
        var fields = new ModifierFields(node, path, "key", "operator", "values");
        return new LabelRequirement { Key = fields.Text("key"), Operator = fields.Text("operator"), Values = fields.Texts("values") };
    }
}
