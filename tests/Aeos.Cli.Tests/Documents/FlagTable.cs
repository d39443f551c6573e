using System.Text.RegularExpressions;

namespace Aeos.Cli.Tests.Documents;

/// <summary>README's table of commands and flags. Flags that several commands share have a row of their own, under a name that stands between asterisks.</summary>
internal sealed partial class FlagTable
{
    private const string Heading = "### Commands";

    private readonly Dictionary<string, string> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _commands = new(StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    public FlagTable()
    {
        foreach (var line in DocumentFile.Lines("README.md").SkipWhile(static line => line != Heading).Skip(1).TakeWhile(static line => !line.StartsWith('#')))
        {
            if (line.Split('|', StringSplitOptions.TrimEntries) is not ["", var first, var flags, ""])
            {
                continue;
            }

            if (Group().Match(first) is { Success: true, Length: var length } group && length == first.Length)
            {
                _groups.Add(group.Groups[1].Value, flags);
            }
            else if (CommandName().Match(first) is { Success: true } command)
            {
                _commands.Add(command.Groups[1].Value.Trim(), flags);
            }
        }
    }

    /// <summary>The commands that have a row.</summary>
    public IEnumerable<string> Commands => _commands.Keys;

    /// <summary>The flags that a command's row names, with those of the groups in it.</summary>
    public IEnumerable<string> FlagsOf(string command) => Expand(_commands.GetValueOrDefault(command, ""));

    private IEnumerable<string> Expand(string cell) =>
        [.. Flag().Matches(cell).Select(static match => match.Value), .. Group().Matches(cell).SelectMany(match => Expand(_groups[match.Groups[1].Value]))];

    [GeneratedRegex(@"--[a-z][a-z0-9-]*")]
    private static partial Regex Flag();

    [GeneratedRegex(@"\*([a-z ]+)\*")]
    private static partial Regex Group();

    [GeneratedRegex(@"^`(aeos(?: [a-z-]+)*)")]
    private static partial Regex CommandName();
}
