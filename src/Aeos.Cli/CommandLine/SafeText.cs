using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aeos.Cli.CommandLine;

/// <summary>
/// Text from a file, a header or a bucket, made safe to print: whoever wrote it must not be able to move the cursor, fake a line or turn the writing around.
/// </summary>
internal static class SafeText
{
    /// <summary>
    /// One line of an error: control, format (bidirectional ones too) and separator characters and lone surrogates as <c>\u{…}</c>. Unlike
    /// <see cref="Encryption.Printable.Escape(string)"/> it leaves backslashes alone, since the rooms beneath have escaped what they quote.
    /// </summary>
    public static string Line(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)text[i]:x}}}");
                i++;
                continue;
            }

            if (IsSafe(rune))
            {
                safe.Append(rune);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }

            i += rune.Utf16SequenceLength;
        }

        return safe.ToString();
    }

    /// <summary>A double-quoted string that is the same in JSON and in YAML 1.2: everything but printable ASCII is escaped.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
