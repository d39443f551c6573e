using System.Text;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Objects;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aeos.Kubernetes.Configuration;

/// <summary>
/// A mapping in a kubeconfig, with the place that it is at, so that each error names file and entry. Absent fields and null are empty, unknown ones are
/// ignored, as kubectl does. Values are never quoted: they may be credentials.
/// </summary>
internal sealed class YamlEntry(YamlMappingNode node, string origin)
{
    /// <summary>The file and the entry, for errors.</summary>
    public string Origin { get; } = origin;

    public string Text(string name) => Find(name) switch
    {
        null => "",
        YamlScalarNode scalar => IsNull(scalar) ? "" : scalar.Value ?? "",
        _ => throw Refuse($"{name} is not a single value"),
    };

    public bool Flag(string name) => Text(name) switch
    {
        "" or "false" or "False" or "FALSE" => false,
        "true" or "True" or "TRUE" => true,
        _ => throw Refuse($"{name} is neither true nor false"),
    };

    /// <summary>Decoded base64 that has to be text (PEM); empty when absent.</summary>
    public string Data(string name)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(Text(name)));
        }
        catch (FormatException)
        {
            throw Refuse($"{name} is not base64");
        }
    }

    public YamlEntry? Entry(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode scalar when IsNull(scalar) => null,
        YamlMappingNode mapping => new YamlEntry(mapping, Origin),
        _ => throw Refuse($"{name} is not a mapping"),
    };

    public IEnumerable<YamlEntry> Entries(string name)
        => Nodes(name).Select(item => item is YamlMappingNode mapping ? new YamlEntry(mapping, Origin) : throw Refuse($"an entry of {name} is not a mapping"));

    public IReadOnlyList<string> Texts(string name)
        => [.. Nodes(name).Select(item => item is YamlScalarNode scalar ? scalar.Value ?? "" : throw Refuse($"an entry of {name} is not a single value"))];

    public IEnumerable<string> Names => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>The same entry under a name of its own.</summary>
    public YamlEntry At(string place) => new(node, $"{Origin}: {place}");

    public System.Text.Json.Nodes.JsonNode? Json(string name)
    {
        try
        {
            return Find(name) is { } value ? KubernetesYaml.Convert(value) : null;
        }
        catch (FormatException)
        {
            throw Refuse($"{name} has what JSON has not");
        }
    }

    public KubernetesException Refuse(string rule) => new($"{Origin}: {rule}", "Correct the kubeconfig there.");

    private YamlSequenceNode Nodes(string name) => Find(name) switch
    {
        null => [],
        YamlScalarNode scalar when IsNull(scalar) => [],
        YamlSequenceNode sequence => sequence,
        _ => throw Refuse($"{name} is not a list"),
    };

    private YamlNode? Find(string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "null" or "~";
}
