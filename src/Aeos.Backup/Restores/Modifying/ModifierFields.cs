using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>The fields of one object in the modifiers' text. As in Velero, their names may be written in any case, and none may be unknown.</summary>
internal sealed class ModifierFields
{
    private readonly Dictionary<string, JsonNode?> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _path;

    /// <exception cref="FormatException">The node is no object, or a field is not known.</exception>
    public ModifierFields(JsonNode? node, string path, params ReadOnlySpan<string> known)
    {
        _path = path;
        if (node is not (null or JsonObject))
        {
            throw new FormatException($"{path} is no object");
        }

        foreach (var (name, value) in node as JsonObject ?? [])
        {
            if (!known.ToArray().Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new FormatException($"{At(name)} is not known; known are {string.Join(", ", known.ToArray())}");
            }

            if (!_fields.TryAdd(name, value))
            {
                throw new FormatException($"{At(name)} is there twice");
            }
        }
    }

    /// <summary>A field's text; numbers and booleans become their text. Empty when it is absent.</summary>
    /// <exception cref="FormatException">It is an object or a list.</exception>
    public string Text(string name) => Text(this[name], At(name));

    /// <summary>A field's entries; none when it is absent.</summary>
    /// <exception cref="FormatException">It is no list.</exception>
    public IEnumerable<(JsonNode? Node, string Path)> Entries(string name) => this[name] switch
    {
        null => [],
        JsonArray list => list.Select((entry, i) => (entry, $"{At(name)}[{i}]")),
        _ => throw new FormatException($"{At(name)} is no list"),
    };

    /// <summary>A field's texts.</summary>
    /// <exception cref="FormatException">It is no list of texts.</exception>
    public IReadOnlyList<string> Texts(string name) => [.. Entries(name).Select(static entry => Text(entry.Node, entry.Path))];

    /// <summary>A field; null when it is absent.</summary>
    public JsonNode? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>A field's path.</summary>
    public string At(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>A value as text.</summary>
    /// <exception cref="FormatException">It is an object or a list.</exception>
    public static string Text(JsonNode? node, string path) => node switch
    {
        null => "",
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ when value.TryGetValue<long>(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ when value.TryGetValue<double>(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => value.ToJsonString(),
        },
        _ => throw new FormatException($"{path} is no text; write an object or a list as JSON in quotes"),
    };
}
