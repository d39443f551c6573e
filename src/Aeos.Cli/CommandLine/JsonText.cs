using System.Text;
using System.Text.Json;

namespace Aeos.Cli.CommandLine;

/// <summary>JSON for people and programs: indented, or the same as YAML. Everything but printable ASCII in texts is escaped, so that no terminal obeys it.</summary>
internal static class JsonText
{
    /// <summary>Writes JSON as the format has it.</summary>
    public static string Format(ReadOnlyMemory<byte> json, ListingFormat format)
    {
        using var document = JsonDocument.Parse(json);
        return format == ListingFormat.Yaml ? Yaml(document.RootElement) : Indented(document.RootElement);
    }

    private static string Indented(JsonElement element)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            element.WriteTo(writer);
        }

        return $"{Encoding.UTF8.GetString(buffer.ToArray())}\n";
    }

    private static string Yaml(JsonElement element)
    {
        var text = new StringBuilder();
        Write(text, element, 0, isInline: false);
        return text.ToString();
    }

    // Texts are double-quoted, which is the same in JSON and in YAML 1.2, and collections that are empty are written as JSON.
    private static void Write(StringBuilder text, JsonElement element, int depth, bool isInline)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                foreach (var (index, property) in element.EnumerateObject().Index())
                {
                    Indent(text, depth, isInline && index == 0).Append(Key(property.Name)).Append(':');
                    Nest(text, property.Value, depth + 1);
                }

                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0 && !isInline:
                foreach (var item in element.EnumerateArray())
                {
                    Indent(text, depth, isInline: false).Append("- ");
                    Write(text, item, depth + 1, isInline: true);
                }

                break;
            case JsonValueKind.String:
                text.Append(SafeText.Quoted(element.GetString()!)).Append('\n');
                break;
            default:
                text.Append(element.GetRawText()).Append('\n');
                break;
        }
    }

    private static void Nest(StringBuilder text, JsonElement value, int depth)
    {
        var isBlock = (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any()) || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0);
        text.Append(isBlock ? '\n' : ' ');
        Write(text, value, depth, isInline: false);
    }

    private static StringBuilder Indent(StringBuilder text, int depth, bool isInline) => isInline ? text : text.Append(' ', depth * 2);

    private static string Key(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '/' or '.' or '-') && char.IsAsciiLetter(name[0])
        && name is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n") ? name : SafeText.Quoted(name);
}
