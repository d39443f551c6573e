using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Aeos.Kubernetes.Tests;

/// <summary>Makes JSON texts with every kind of value, white space, escape and number, and lists out of them.</summary>
internal static class JsonText
{
    private static readonly string[] Strings =
        ["", "a", "items", "metadata", "continue", "resourceVersion", "kind", "apiVersion", "é", "\\u00e9", "\\\"", "\\\\", "{", "]", "\\n", "𝄞", "\\ud834\\udd1e", new('x', 200)];

    private static readonly string[] Scalars = ["null", "true", "false", "0", "-1.50", "1e400", "123456789012345678901234567890", "{}", "[]", "\"\""];

    private static readonly int[] Positions = [0, 1, 2];

    private static Gen<string> Space => Gen.Elements("", "", "", " ", "\n", "\r\n\t ");

    private static Gen<string> Text => Gen.Elements(Strings).Select(text => $"\"{text}\"");

    public static Gen<string> Lists()
        => from metadata in Gen.Frequency((3, Metadata()), (1, Gen.Elements("null", "7", "[]", "\"continue\"")), (1, Gen.Constant("")))
           from items in Gen.Frequency((5, Items()), (1, Gen.Elements("null", "")))
           from other in Gen.Elements("kind", "apiVersion", "extra")
           from value in Value(3)
           from space in Space
           from order in Gen.Shuffle(Positions)
           let fields = new[] { Field("metadata", metadata), Field("items", items), Field(other, value) }
           let present = order.Select(index => fields[index]).Where(field => field.Length > 0)
           select $"{space}{{{space}{string.Join($"{space},{space}", present)}{space}}}{space}";

    /// <summary>A watch's event, what it says it is, and the object in it.</summary>
    public static Gen<(string Json, string Type, string Item)> Events()
        => from type in Gen.Elements("ADDED", "MODIFIED", "BOOKMARK", "ERROR")
           from item in Object(3)
           from other in Value(2)
           from space in Space
           from order in Gen.Shuffle(Positions)
           let fields = new[] { $"\"type\":{space}\"{type}\"", $"\"object\"{space}:{space}{item}", $"\"other\":{other}" }
           select ($"{{{space}{string.Join(",", order.Select(index => fields[index]))}{space}}}{space}", type, item);

    /// <summary>What is expected of an item, made in another way than the splitter makes it.</summary>
    public static string Completed(JsonElement item)
    {
        var raw = item.GetRawText();
        var names = item.EnumerateObject().Select(field => field.Name).ToList();
        var added = new List<string>();
        if (!names.Contains("apiVersion"))
        {
            added.Add("\"apiVersion\":\"v1\"");
        }

        if (!names.Contains("kind"))
        {
            added.Add("\"kind\":\"Pod\"");
        }

        var head = string.Join(",", added);
        return "{" + head + (head.Length > 0 && names.Count > 0 ? "," : "") + raw[1..];
    }

    public static string TextOf(JsonElement of, string name)
        => of.ValueKind == JsonValueKind.Object
            ? of.EnumerateObject().LastOrDefault(field => field.Name == name && field.Value.ValueKind == JsonValueKind.String) is { Value.ValueKind: JsonValueKind.String } found
                ? found.Value.GetString()!
                : ""
            : "";

    private static string Field(string name, string value) => value.Length == 0 ? "" : $"\"{name}\":{value}";

    private static Gen<string> Metadata()
        => from token in Gen.Elements("", "\"continue\":\"t1\"", "\"continue\":\"\\u0074\"", "\"continue\":null")
           from version in Gen.Elements("", "\"resourceVersion\":\"7\"", "\"resourceVersion\":\"\"")
           from nested in Value(2)
           let fields = new[] { token, $"\"x\":{nested}", version }.Where(field => field.Length > 0)
           select $"{{{string.Join(",", fields)}}}";

    private static Gen<string> Items()
        => from items in Object(4).ListOf()
           from space in Space
           select $"[{space}{string.Join($"{space},", items)}{space}]";

    private static Gen<string> Object(int depth)
        => from fields in Pair(depth - 1).ListOf()
           from space in Space
           select $"{{{space}{string.Join($",{space}", fields)}{space}}}";

    private static Gen<string> Pair(int depth)
        => from name in Text
           from value in Value(depth)
           from space in Space
           select $"{name}{space}:{space}{value}";

    private static Gen<string> Value(int depth) => depth <= 0
        ? Gen.OneOf(Gen.Elements(Scalars), Text)
        : Gen.Frequency(
            (2, Gen.Elements(Scalars)),
            (2, Text),
            (1, Object(depth).Resize(4)),
            (1, Value(depth - 1).ListOf().Resize(4).Select(items => $"[{string.Join(",", items)}]")));
}
