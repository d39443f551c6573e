using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aeos.Cli.CommandLine;

/// <summary>
/// JSON as YAML in the form that kubectl prints: keys in order, lists not indented, quotes where a text would be read as something else. Everything but
/// printable ASCII is escaped, so that no terminal obeys it.
/// </summary>
internal static partial class YamlText
{
    /// <summary>The whole document.</summary>
    public static string Of(JsonElement element)
    {
        var text = new StringBuilder();
        Write(text, element, 0);
        return text.ToString();
    }

    // Where nothing was written of the line yet but its indentation.
    private static void Write(StringBuilder text, JsonElement element, int depth)
    {
        if (IsEmpty(element))
        {
            text.Append(Scalar(element)).Append('\n');
            return;
        }

        var isFirst = true;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject().OrderBy(static property => property.Name, StringComparer.Ordinal))
            {
                Indent(text, depth, ref isFirst).Append(Text(property.Name)).Append(':');
                WriteValue(text, property.Value, property.Value.ValueKind == JsonValueKind.Array ? depth : depth + 1);
            }
        }
        else
        {
            foreach (var item in element.EnumerateArray())
            {
                Indent(text, depth, ref isFirst).Append("- ");
                Write(text, item, depth + 1);
            }
        }
    }

    private static void WriteValue(StringBuilder text, JsonElement value, int depth)
    {
        if (IsEmpty(value))
        {
            text.Append(' ').Append(Scalar(value)).Append('\n');
            return;
        }

        text.Append('\n').Append(' ', depth * 2);
        Write(text, value, depth);
    }

    private static StringBuilder Indent(StringBuilder text, int depth, ref bool isFirst)
    {
        var spaces = isFirst ? 0 : depth * 2;
        isFirst = false;
        return text.Append(' ', spaces);
    }

    private static bool IsEmpty(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => !element.EnumerateObject().Any(),
        JsonValueKind.Array => element.GetArrayLength() == 0,
        _ => true,
    };

    private static string Scalar(JsonElement element) => element.ValueKind == JsonValueKind.String ? Text(element.GetString()!) : element.GetRawText();

    private static string Text(string text) => Plain().IsMatch(text) && !Other().IsMatch(text) ? text : SafeText.Quoted(text);

    [GeneratedRegex("^[A-Za-z0-9_./][A-Za-z0-9_./@+=-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    // What YAML 1.1 reads as null, a boolean, a number or a date.
    [GeneratedRegex(
        @"^(null|true|false|yes|no|on|off|y|n|[-+]?(0x[0-9a-f_]+|0b[01_]+|[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?|\.[0-9_]+(e[-+]?[0-9]+)?)|\.inf|\.nan|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Other();
}
