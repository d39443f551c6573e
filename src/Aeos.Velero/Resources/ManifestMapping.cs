using Aeos.ObjectStore.Locations;
using YamlDotNet.RepresentationModel;

namespace Aeos.Velero.Resources;

/// <summary>
/// A mapping in a manifest, read field by field as Kubernetes would take it: text must be text, and what is wrong is named with its file, line and path.
/// </summary>
internal sealed class ManifestMapping(YamlMappingNode node, string path, string source)
{
    /// <summary>The names of the fields that are there, in the file's order.</summary>
    public IEnumerable<string> Names => node.Children.Keys.Select(NameOf);

    /// <summary>The mapping in a field, or null where the field is missing or null.</summary>
    public ManifestMapping? Mapping(string name) => Find(name) switch
    {
        null => null,
        YamlMappingNode mapping => new ManifestMapping(mapping, PathOf(name), source),
        var other => throw Refused(other, PathOf(name), $"must be a mapping, not {Describe(other)}", "Write its fields below it, indented."),
    };

    /// <summary>The mappings in a field that holds a list; empty where it is missing.</summary>
    public IEnumerable<ManifestMapping> Mappings(string name)
    {
        if (Find(name) is not YamlSequenceNode sequence)
        {
            yield break;
        }

        for (var i = 0; i < sequence.Children.Count; i++)
        {
            if (sequence.Children[i] is YamlMappingNode mapping)
            {
                yield return new ManifestMapping(mapping, $"{PathOf(name)}[{i}]", source);
            }
        }
    }

    /// <summary>The text in a field, or null where the field is missing or null.</summary>
    public string? Text(string name) => Find(name) is { } value ? TextOf(value, PathOf(name)) : null;

    /// <summary>The text in a field that must be there and not be empty.</summary>
    public string RequiredText(string name, string remedy) =>
        Text(name) is { Length: > 0 } text ? text : throw Refused(Find(name) ?? node, PathOf(name), "is missing", remedy);

    /// <summary>The text in every field; null is none, as in Kubernetes.</summary>
    public Dictionary<string, string> Texts() => node.Children.ToDictionary(
        pair => NameOf(pair.Key), pair => TextOf(pair.Value, PathOf(NameOf(pair.Key))), StringComparer.Ordinal);

    /// <summary>Refuses a field that Velero does not know: a misspelt one would quietly be left out.</summary>
    public void AllowOnly(params ReadOnlySpan<string> known)
    {
        foreach (var key in node.Children.Keys)
        {
            if (!known.Contains(NameOf(key)))
            {
                throw Refused(
                    key, PathOf(NameOf(key)), "is no field of a BackupStorageLocation", $"Fields here: {string.Join(", ", known.ToArray())}.");
            }
        }
    }

    /// <summary>An error about a field of this mapping.</summary>
    public LocationRefusedException Refused(string name, string rule, string remedy, Exception? innerException = null) =>
        Refused(Find(name) ?? node, PathOf(name), rule, remedy, innerException);

    /// <summary>The line that the mapping begins in, from 1.</summary>
    public long Line => node.Start.Line;

    private YamlNode? Find(string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var value) && !IsNull(value) ? value : null;

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private string NameOf(YamlNode key) => key is YamlScalarNode { Value: { } name }
        ? name
        : throw Refused(key, path.Length == 0 ? "the document" : path, $"has {Describe(key)} for a field's name", "Use plain names.");

    private string TextOf(YamlNode value, string field) => value is YamlScalarNode { Value: { } text } scalar && PlainScalar.IsText(scalar)
        ? text
        : throw Refused(value, field, $"must be text, not {Describe(value)}", "Put quotes around it, as Kubernetes asks for too.");

    private static bool IsNull(YamlNode value) => value is YamlScalarNode scalar && PlainScalar.IsNull(scalar);

    private static string Describe(YamlNode value) => value switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode => "a list",
        YamlScalarNode scalar => PlainScalar.Describe(scalar),
        _ => "an alias",
    };

    private LocationRefusedException Refused(YamlNode at, string field, string rule, string remedy, Exception? innerException = null) =>
        new($"{source}, line {at.Start.Line}: {field} {rule}", remedy, innerException);
}
