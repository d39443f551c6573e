using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aeos.Kubernetes.Objects;

/// <summary>
/// Reads YAML, of which JSON is a part, as Kubernetes does: YAML 1.1, where <c>yes</c> is a boolean and <c>0x10</c> a number (sigs.k8s.io/yaml 1.6).
/// </summary>
public static partial class KubernetesYaml
{
    private const int DeepestNesting = 100;

    /// <summary>Reads the one document in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The document as JSON; null when there is none.</returns>
    /// <exception cref="FormatException">It is no YAML, names a field twice, nests deeper than 100 levels, or has what JSON has not.</exception>
    public static JsonNode? Parse(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents switch
            {
                [] => null,
                [var document] => Convert(document.RootNode),
                _ => throw new FormatException("it has more than one document"),
            };
        }
        catch (YamlException failure)
        {
            throw new FormatException($"line {failure.Start.Line}: {failure.Message}", failure);
        }
    }

    /// <summary>Turns a piece of a document into JSON.</summary>
    /// <exception cref="FormatException">It has what JSON has not.</exception>
    internal static JsonNode? Convert(YamlNode node)
    {
        try
        {
            // Numbers out of a text compare and convert as those of other objects do.
            return Node(node, 0) is { } json ? JsonNode.Parse(json.ToJsonString()) : null;
        }
        catch (ArgumentException failure)
        {
            throw new FormatException("a field is there twice", failure);
        }
    }

    private static JsonNode? Node(YamlNode node, int depth) => depth > DeepestNesting ? throw new FormatException("it nests too deep") : node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(
            Name(pair.Key),
            Node(pair.Value, depth + 1)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(entry => Node(entry, depth + 1))]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Scalar(plain.Value ?? ""),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value ?? ""),
        _ => throw new FormatException($"line {node.Start.Line}: it is neither an object, a list nor a value"),
    };

    // A name is what it would be as a value: "on" is "true".
    private static string Name(YamlNode key) => key switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain } plain when Scalar(plain.Value ?? "") is { } value => value.ToString(),
        YamlScalarNode { Style: not ScalarStyle.Plain } quoted => quoted.Value ?? "",
        _ => throw new FormatException($"line {key.Start.Line}: a field's name is no text"),
    };

    private static JsonValue? Scalar(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        _ when True().IsMatch(text) => JsonValue.Create(true),
        _ when False().IsMatch(text) => JsonValue.Create(false),
        _ when Integer(text.Replace("_", "", StringComparison.Ordinal)) is { } number => JsonValue.Create(number),
        _ when Decimal().IsMatch(text) => JsonValue.Create(
            double.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ when Endless().IsMatch(text) => throw new FormatException($"{text} is no number in JSON"),
        _ => JsonValue.Create(text),
    };

    private static long? Integer(string text)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        var digits = text.TrimStart('-', '+');
        if (text.Length - digits.Length > 1 || digits.Length == 0 || !char.IsAsciiDigit(digits[0]))
        {
            return null;
        }

        var (from, bits) = digits switch
        {
            ['0', 'x' or 'X', ..] => (2, 16),
            ['0', 'o' or 'O', ..] => (2, 8),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (1, 8),
            _ => (0, 10),
        };
        return TryParse(digits.AsSpan(from), bits, out var number) ? sign * number : null;
    }

    private static bool TryParse(ReadOnlySpan<char> digits, int radix, out long number)
    {
        number = 0;
        foreach (var letter in digits)
        {
            var digit = char.IsAsciiHexDigit(letter) ? System.Convert.ToInt32($"{letter}", 16) : radix;
            if (digit >= radix || number > (long.MaxValue - digit) / radix)
            {
                return false;
            }

            number = (number * radix) + digit;
        }

        return digits.Length > 0;
    }

    [GeneratedRegex("^(y|Y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$", RegexOptions.CultureInvariant)]
    private static partial Regex True();

    [GeneratedRegex("^(n|N|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$", RegexOptions.CultureInvariant)]
    private static partial Regex False();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", RegexOptions.CultureInvariant)]
    private static partial Regex Endless();

    [GeneratedRegex(@"^[-+]?(\.[0-9][0-9_]*|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
