using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aeos.Backup.Filters;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>
/// Reads the text of resource modifiers: version <c>v1</c>, as Velero's documentation has it. All of it is checked before anything is restored.
/// </summary>
internal static class ResourceModifierText
{
    private const string SupportedVersion = "v1";

    /// <summary>Reads the modifiers.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <exception cref="FormatException">They are none; the message says where and why.</exception>
    public static ResourceModifiers Parse(string text)
    {
        var fields = new ModifierFields(KubernetesYaml.Parse(text), "", "version", "resourceModifierRules");
        var rules = fields.Entries("resourceModifierRules").Select(static rule => Rule(rule.Node, rule.Path)).ToList();
        return !fields.Text("version").Equals(SupportedVersion, StringComparison.OrdinalIgnoreCase)
            ? throw new FormatException($"unsupported resource modifier version \"{fields.Text("version")}\"; {SupportedVersion} is known")
            : rules.Count == 0 ? throw new FormatException("resource modifier rules cannot be empty") : new ResourceModifiers(rules);
    }

    private static ModifierRule Rule(JsonNode? node, string path)
    {
        var fields = new ModifierFields(node, path, "conditions", "patches", "mergePatches", "strategicPatches");
        var conditions = Conditions(fields["conditions"], fields.At("conditions"));
        IObjectPatch[] patches =
        [
            .. Patch("patches", entries => new JsonPatch([.. entries.Select(static entry => Operation(entry.Node, entry.Path))])),
            .. Patch("mergePatches", entries => new JsonMergePatch([.. entries.Select(static entry => PatchData(entry.Node, entry.Path))])),
            .. Patch("strategicPatches", entries => new StrategicPatch([.. entries.Select(static entry => PatchData(entry.Node, entry.Path))])),
        ];
        return patches switch
        {
            [var patch] => new ModifierRule(conditions, patch),
            [] => throw new FormatException($"{path} has no patch: give patches, mergePatches or strategicPatches"),
            _ => throw new FormatException($"{path}: only one of patches, mergePatches, strategicPatches can be specified"),
        };

        IEnumerable<IObjectPatch> Patch(string name, Func<IReadOnlyList<(JsonNode? Node, string Path)>, IObjectPatch> make) =>
            fields.Entries(name).ToList() is { Count: > 0 } entries ? [make(entries)] : [];
    }

    private static ModifierConditions Conditions(JsonNode? node, string path)
    {
        var fields = new ModifierFields(node, path, "namespaces", "groupResource", "resourceNameRegex", "labelSelector", "matches");
        var groupResource = fields.Text("groupResource");
        return groupResource.Length == 0 ? throw new FormatException($"{fields.At("groupResource")} cannot be empty") : new ModifierConditions
        {
            Namespaces = new GlobSet(fields.Texts("namespaces"), null),
            GroupResource = Checked(fields.At("groupResource"), () => new GroupResourceGlob(groupResource)),
            Name = fields.Text("resourceNameRegex") is { Length: > 0 } expression ? Expression(expression, fields.At("resourceNameRegex")) : null,
            Labels = ModifierLabels.Of(fields["labelSelector"], fields.At("labelSelector")),
            Matches = [.. fields.Entries("matches").Select(static match => Match(match.Node, match.Path))],
        };
    }

    private static JsonPatchOperation Match(JsonNode? node, string path)
    {
        var fields = new ModifierFields(node, path, "path", "value");
        return new JsonPatchOperation("test", new JsonPointer(""), Required(fields, "path"), Value(fields));
    }

    private static JsonPatchOperation Operation(JsonNode? node, string path)
    {
        var fields = new ModifierFields(node, path, "operation", "from", "path", "value");
        var kind = fields.Text("operation");
        return kind.Length == 0 ? throw new FormatException($"{fields.At("operation")} cannot be empty")
            : !JsonPatchOperation.Kinds.Contains(kind) ? throw new FormatException(
                $"{fields.At("operation")}: unsupported operation {kind}; known are {string.Join(", ", JsonPatchOperation.Kinds)}")
            : new JsonPatchOperation(
                kind,
                kind is "move" or "copy" ? Required(fields, "from") : new JsonPointer(""),
                Required(fields, "path"),
                Value(fields));
    }

    private static JsonNode? Value(ModifierFields fields) => Checked(fields.At("value"), () => PatchValue.Of(fields.Text("value")));

    private static JsonObject PatchData(JsonNode? node, string path)
    {
        var fields = new ModifierFields(node, path, "patchData");
        var at = fields.At("patchData");
        return Checked(at, () => KubernetesYaml.Parse(fields.Text("patchData"))) as JsonObject ?? throw new FormatException($"{at} is no object in YAML or JSON");
    }

    private static JsonPointer Required(ModifierFields fields, string name) => fields.Text(name) is { Length: > 0 } text
        ? new JsonPointer(Checked(fields.At(name), () => PatchValue.Unescaped(text))) : throw new FormatException($"{fields.At(name)} cannot be empty");

    private static Regex Expression(string expression, string path)
    {
        try
        {
            return new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"{path} is no regular expression: {failure.Message}", failure);
        }
    }

    private static T Checked<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException failure)
        {
            throw new FormatException($"{path}: {failure.Message}", failure);
        }
    }
}
