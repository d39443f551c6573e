using System.Globalization;
using System.Text;

namespace Aeos.Encryption;

/// <summary>
/// Makes text from a file or a bucket fit to print: whoever can write to the bucket chooses key names and contexts, and must not
/// thereby move a terminal's cursor, forge a log's line or turn the order of the letters around.
/// </summary>
public static class Printable
{
    /// <summary>Characters of a text that an error quotes: longer ones are cut there and end in <c>…</c>.</summary>
    public const int QuotedLength = 200;

    /// <summary>The text with everything escaped that does not print as itself: <c>\n</c>, <c>\t</c>, <c>\r</c>, <c>\\</c>, otherwise <c>\u{HEX}</c>.</summary>
    public static string Escape(string text) => Escape(text, int.MaxValue);

    /// <summary>The same for an error: between quotation marks and no longer than <see cref="QuotedLength"/> characters before escaping.</summary>
    public static string Quote(string text) => $"\"{Escape(text, QuotedLength).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Escape(string text, int limit)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new StringBuilder(Math.Min(text.Length, limit) + 8);
        var position = 0;
        while (position < text.Length)
        {
            if (position >= limit)
            {
                escaped.Append('…');
                break;
            }

            if (Rune.TryGetRuneAt(text, position, out var rune))
            {
                Append(escaped, rune);
                position += rune.Utf16SequenceLength;
            }
            else
            {
                AppendNumber(escaped, text[position++]);
            }
        }

        return escaped.ToString();
    }

    private static void Append(StringBuilder escaped, Rune rune)
    {
        switch (rune.Value)
        {
            case '\\':
                escaped.Append("\\\\");
                break;
            case '\n':
                escaped.Append("\\n");
                break;
            case '\r':
                escaped.Append("\\r");
                break;
            case '\t':
                escaped.Append("\\t");
                break;
            default:
                if (PrintsAsItself(rune))
                {
                    escaped.Append(rune.ToString());
                }
                else
                {
                    AppendNumber(escaped, rune.Value);
                }

                break;
        }
    }

    // Format characters reorder or hide what stands beside them; private and unassigned ones mean whatever the terminal likes.
    private static bool PrintsAsItself(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static void AppendNumber(StringBuilder escaped, int codePoint) =>
        escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{codePoint:X4}}}");
}
