using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>
/// What the text of a JSON patch's value stands for: JSON where it looks like an object, a list, a number, a boolean or <c>null</c>, and else itself;
/// what stands in double quotes is text whatever it looks like (Velero 1.18, json_patch.go).
/// </summary>
internal static partial class PatchValue
{
    /// <summary>Reads a value.</summary>
    /// <exception cref="FormatException">It looks like JSON and is none.</exception>
    public static JsonNode? Of(string text)
    {
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
        {
            return JsonValue.Create(Unescaped(text[1..^1]));
        }

        return LooksLikeJson(text) ? Json(text) : JsonValue.Create(Unescaped(text));
    }

    /// <summary>Reads a path or a text, in which a backslash escapes as in JSON.</summary>
    /// <exception cref="FormatException">It has a quote or a backslash that is not escaped.</exception>
    public static string Unescaped(string text) => text.AsSpan().ContainsAny('"', '\\') ? Json($"\"{text}\"")!.GetValue<string>() : text;

    private static bool LooksLikeJson(string text) => text == "null" || text.StartsWith('{') || text.StartsWith('[')
        || text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase) || Number().IsMatch(text);

    private static JsonNode? Json(string text)
    {
        try
        {
            var value = JsonNode.Parse(text);
            Look(value);
            return value;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw new FormatException($"{text} is no JSON; put double quotes into the quotes where it is to be text, as in '\"{text}\"'", failure);
        }
    }

    // A field that is there twice is found when an object is looked into.
    private static void Look(JsonNode? value)
    {
        foreach (var child in value switch
        {
            JsonObject map => map.Select(static pair => pair.Value),
            JsonArray list => list,
            _ => Enumerable.Empty<JsonNode?>(),
        })
        {
            Look(child);
        }
    }

    // What Go's strconv.ParseFloat takes.
    [GeneratedRegex(
        @"^[-+]?(inf|infinity|nan|([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?|0x[0-9a-f_]+(\.[0-9a-f_]*)?p[-+]?[0-9]+)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
