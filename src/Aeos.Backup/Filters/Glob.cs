using System.Text;
using System.Text.RegularExpressions;

namespace Aeos.Backup.Filters;

/// <summary>
/// A pattern that whole names match, as Velero has it (gobwas/glob): <c>*</c> any characters, <c>?</c> one, <c>[abc]</c> and <c>[a-c]</c> one of
/// these, <c>[!abc]</c> one other, <c>{one,two}</c> one of several, <c>\</c> takes the meaning from what follows.
/// </summary>
internal sealed class Glob
{
    private readonly string _text;
    private readonly Regex? _pattern;

    public Glob(string text)
    {
        _text = text;
        _pattern = !HasMeaning(text) ? null : new Regex($@"\A{Translate(text)}\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>Whether Velero takes a namespace's name for a pattern, which it expands.</summary>
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny("*?[") >= 0;

    /// <summary>Whether the pattern matches more than the name that it is.</summary>
    public static bool HasMeaning(string text) => text.AsSpan().IndexOfAny("*?[{\\") >= 0;

    public bool Matches(string name) => _pattern?.IsMatch(name) ?? name == _text;

    private static string Translate(string text)
    {
        var regex = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '*':
                    regex.Append(".*");
                    break;
                case '?':
                    regex.Append('.');
                    break;
                case '\\' when i + 1 < text.Length:
                    regex.Append(Regex.Escape(text[++i].ToString()));
                    break;
                case '[' when i + 2 < text.Length && text.IndexOf(']', i + 2) is var end and > 0:
                    var isNegated = text[i + 1] == '!';
                    var members = text[(i + (isNegated ? 2 : 1))..end].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("^", "\\^", StringComparison.Ordinal);
                    regex.Append(isNegated ? "[^" : "[").Append(members).Append(']');
                    i = end;
                    break;
                case '{' when text.IndexOf('}', i) > 0:
                    regex.Append("(?:");
                    depth++;
                    break;
                case ',' when depth > 0:
                    regex.Append('|');
                    break;
                case '}' when depth > 0:
                    regex.Append(')');
                    depth--;
                    break;
                default:
                    regex.Append(Regex.Escape(text[i].ToString()));
                    break;
            }
        }

        return regex.Append(')', depth).ToString();
    }
}
