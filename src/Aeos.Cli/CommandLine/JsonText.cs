using System.Text;
using System.Text.Json;

namespace Aeos.Cli.CommandLine;

/// <summary>JSON for people and programs: indented, or as YAML. Everything but printable ASCII in texts is escaped, so that no terminal obeys it.</summary>
internal static class JsonText
{
    /// <summary>Writes JSON as the format has it.</summary>
    public static string Format(ReadOnlyMemory<byte> json, ListingFormat format)
    {
        using var document = JsonDocument.Parse(json);
        return format == ListingFormat.Yaml ? YamlText.Of(document.RootElement) : Indented(document.RootElement);
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
}
