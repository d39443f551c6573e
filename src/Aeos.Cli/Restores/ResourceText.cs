using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Restores;

/// <summary>A tree as JSON or as YAML.</summary>
internal static class ResourceText
{
    public static void Write(JsonNode tree, ListingFormat format, TextWriter output)
    {
        if (format == ListingFormat.Json)
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
            {
                tree.WriteTo(writer);
            }

            output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
            return;
        }

        WriteYaml(tree, "", output);
    }

    private static void WriteYaml(JsonNode? node, string indent, TextWriter output)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                WriteValue($"{indent}{(IsPlain(name) ? name : SafeText.Quoted(name))}:", value, indent, output);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                WriteValue($"{indent}-", item, indent, output);
            }
        }
    }

    private static void WriteValue(string head, JsonNode? value, string indent, TextWriter output)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } or JsonArray { Count: > 0 }:
                output.WriteLine(head);
                WriteYaml(value, $"{indent}  ", output);
                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                output.WriteLine($"{head} {SafeText.Quoted(text.GetValue<string>())}");
                break;
            default:
                output.WriteLine($"{head} {value?.ToJsonString() ?? "null"}");
                break;
        }
    }

    private static bool IsPlain(string name) => name.Length > 0 && name.All(static letter => char.IsAsciiLetter(letter));
}
