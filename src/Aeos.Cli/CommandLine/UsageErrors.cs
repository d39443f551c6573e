using System.CommandLine;
using System.CommandLine.Parsing;
using Aeos.Cli.Options;

namespace Aeos.Cli.CommandLine;

/// <summary>Says what System.CommandLine found wrong in words that name the flag and what it takes.</summary>
internal static class UsageErrors
{
    /// <summary>The error in one line.</summary>
    public static string Text(ParseError error, ParseResult result)
    {
        var text = OneLine(error.Message);
        if (OptionOf(error.SymbolResult) is not { } found)
        {
            return UnmatchedOf(text, result);
        }

        var (name, value) = (found.Option.Name, found.Tokens.Count > 0 ? found.Tokens[^1].Value : "");
        return (Nullable.GetUnderlyingType(found.Option.ValueType) ?? found.Option.ValueType) switch
        {
            var type when found.Tokens.Count > 0 && (type == typeof(int) || type == typeof(long)) => $"'{value}' in {name} is no whole number, or too large a one.",
            var type when found.Tokens.Count > 0 && type == typeof(double) => $"'{value}' in {name} is no number.",
            _ => text.Contains(name, StringComparison.Ordinal) ? text : $"{name}: {text}",
        };
    }

    private static OptionResult? OptionOf(SymbolResult? symbol) => symbol as OptionResult ?? symbol?.Parent as OptionResult;

    // What follows a switch and is no value of one is taken for a word that nobody asked for.
    private static string UnmatchedOf(string text, ParseResult result)
    {
        for (var i = 1; i < result.Tokens.Count; i++)
        {
            if (text.EndsWith($"'{result.Tokens[i].Value}'.", StringComparison.Ordinal)
                && result.CommandResult.Command.Options.OfType<SwitchOption>().FirstOrDefault(option => option.Name == result.Tokens[i - 1].Value) is { } option)
            {
                return $"'{result.Tokens[i].Value}' in {option.Name} is neither true nor false.";
            }
        }

        return text;
    }

    // It lists what an option takes below its message, a line each.
    private static string OneLine(string message) =>
        message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var first, .. var rest]
            ? $"{first} {string.Join(", ", rest)}".TrimEnd()
            : message;
}
