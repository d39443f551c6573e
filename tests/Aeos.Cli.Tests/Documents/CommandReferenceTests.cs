using System.CommandLine;
using System.Text.RegularExpressions;

namespace Aeos.Cli.Tests.Documents;

/// <summary>The documents name the commands and flags that there are, and no others.</summary>
public sealed partial class CommandReferenceTests
{
    private static readonly FlagTable Table = new();

    public static TheoryData<string> CommandNames => [.. DocumentedCommands.All.Select(static command => command.Name)];

    public static TheoryData<string> Documents => [.. DocumentFile.Names];

    [Fact]
    public void The_readme_lists_every_command() => Table.Commands.ShouldBe(DocumentedCommands.All.Select(static command => command.Name), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void The_readme_lists_every_flag_of_a_command_and_no_other(string name)
        => Table.FlagsOf(name).ShouldBe(DocumentedCommands.ShownFlags(DocumentedCommands.All.Single(command => command.Name == name).Command), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_command_line_in_a_document_has_only_flags_that_its_command_takes(string document)
    {
        var lines = string.Join('\n', DocumentFile.Lines(document)).Replace("\\\n", " ", StringComparison.Ordinal);
        var wrong = CommandLine().Matches(lines).SelectMany(static line => UnknownFlags(line.Groups[1].Value)).ToList();
        wrong.ShouldBeEmpty();
    }

    private static IEnumerable<string> UnknownFlags(string line)
    {
        // What follows a pipe or a substitution is another program's.
        var words = line.Split(['|', ';', '>', '<', '(', ')', '&', '#'])[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Command command = DocumentedCommands.Root;
        foreach (var word in words)
        {
            if (command.Subcommands.FirstOrDefault(verb => verb.Name == word) is not { } verb)
            {
                break;
            }

            command = verb;
        }

        // A family, as in `aeos backup|restore --help`, and prose that begins with the program's name.
        var taken = command.Subcommands.Count > 0 ? [.. Leaves(command).SelectMany(DocumentedCommands.TakenFlags)] : DocumentedCommands.TakenFlags(command);
        return words.Where(static word => word.StartsWith('-') && word.Length > 1).Select(static word => word.Split('=')[0].TrimEnd('.', ',', ':'))
            .Where(flag => flag is not "--" && !taken.Contains(flag)).Select(flag => $"{flag} in: aeos {line}");
    }

    private static IEnumerable<Command> Leaves(Command command) => command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

    // At the beginning of a line or of quoted text, or behind a pipe or a substitution; to the end of the line or the quote.
    [GeneratedRegex(@"(?:^ *|^\$ |`|\| |<\()aeos ([^`\n]*)", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
