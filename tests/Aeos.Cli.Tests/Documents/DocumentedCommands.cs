using System.CommandLine;
using System.CommandLine.Help;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Tests.Documents;

/// <summary>What the program's own help knows: commands, each with the flags that it shows.</summary>
internal static class DocumentedCommands
{
    /// <summary>The whole program.</summary>
    public static RootCommand Root { get; } = AeosCommand.Create();

    /// <summary>The commands that do something, as they are typed: <c>aeos backup create</c>.</summary>
    public static IEnumerable<(string Name, Command Command)> All { get; } = [.. Below(Root, "aeos")];

    /// <summary>The flags that its help shows, under their long names.</summary>
    public static IEnumerable<string> ShownFlags(Command command) => command.Options.Where(static option => !option.Hidden && option is not HelpOption).Select(LongName);

    /// <summary>All names of all flags that a command takes, those that are only accepted as well.</summary>
    public static HashSet<string> TakenFlags(Command command)
    {
        var names = new HashSet<string>(["--help"], StringComparer.Ordinal);
        foreach (var option in command.Options)
        {
            names.Add(option.Name);
            names.UnionWith(option.Aliases);
        }

        return names;
    }

    private static string LongName(Option option) => option.Name.StartsWith("--", StringComparison.Ordinal)
        ? option.Name
        : option.Aliases.First(static alias => alias.StartsWith("--", StringComparison.Ordinal));

    private static IEnumerable<(string Name, Command Command)> Below(Command command, string name) => command.Subcommands.Count == 0
        ? [(name, command)]
        : command.Subcommands.Where(static verb => !verb.Hidden).SelectMany(verb => Below(verb, $"{name} {verb.Name}"));
}
