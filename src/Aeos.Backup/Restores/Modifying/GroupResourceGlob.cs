using System.Text;
using System.Text.RegularExpressions;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>
/// A pattern for types, in which dots separate: <c>*</c> and <c>?</c> stop at them, <c>**</c> does not; <c>[a-z]</c>, <c>[!a]</c>, <c>{a,b}</c> and
/// <c>\</c> work as usual. <c>*.apps</c> is every type of the group apps, <c>*</c> every one of the core, <c>**</c> every one.
/// </summary>
internal sealed class GroupResourceGlob
{
    private readonly Regex _pattern;

    /// <exception cref="FormatException">It is no pattern.</exception>
    public GroupResourceGlob(string pattern)
    {
        var at = 0;
        var expression = Translate(pattern, ref at, depth: 0);
        try
        {
            _pattern = new Regex($@"\A(?:{expression})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (ArgumentException failure)
        {
            throw new FormatException("a character class is none", failure);
        }
    }

    public bool Matches(string groupResource) => _pattern.IsMatch(groupResource);

    private static string Translate(string pattern, ref int at, int depth)
    {
        var expression = new StringBuilder();
        while (at < pattern.Length)
        {
            var letter = pattern[at++];
            switch (letter)
            {
                case '*' when at < pattern.Length && pattern[at] == '*':
                    at++;
                    expression.Append(".*");
                    break;
                case '*':
                    expression.Append("[^.]*");
                    break;
                case '?':
                    expression.Append("[^.]");
                    break;
                case '[':
                    expression.Append(CharacterClass(pattern, ref at));
                    break;
                case '{':
                    expression.Append("(?:").Append(Translate(pattern, ref at, depth + 1)).Append(')');
                    break;
                case '}' when depth > 0:
                    return expression.ToString();
                case ',' when depth > 0:
                    expression.Append('|');
                    break;
                case '\\' when at < pattern.Length:
                    expression.Append(Regex.Escape(pattern[at++..at]));
                    break;
                default:
                    expression.Append(Regex.Escape($"{letter}"));
                    break;
            }
        }

        return depth == 0 ? expression.ToString() : throw new FormatException("a { has no }");
    }

    private static string CharacterClass(string pattern, ref int at)
    {
        var end = pattern.IndexOf(']', at);
        var isNegated = at < pattern.Length && pattern[at] == '!';
        var letters = end < 0 ? "" : pattern[(isNegated ? at + 1 : at)..end];
        if (letters.Length == 0)
        {
            throw new FormatException(end < 0 ? "a [ has no ]" : "a character class is empty");
        }

        at = end + 1;
        var escaped = letters.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("[", @"\[", StringComparison.Ordinal).Replace("^", @"\^", StringComparison.Ordinal);
        return $"[{(isNegated ? "^" : "")}{escaped}]";
    }
}
