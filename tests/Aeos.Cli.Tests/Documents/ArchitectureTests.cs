using System.Text.RegularExpressions;

namespace Aeos.Cli.Tests.Documents;

/// <summary>docs/architecture.md names what there is.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Lines = DocumentFile.Lines("docs/architecture.md");

    [Fact]
    public void Every_room_is_in_the_list_of_rooms() => Lines.Select(static line => Room().Match(line)).Where(static match => match.Success).Select(static match => match.Groups[1].Value)
        .ShouldBe(DocumentFile.Folders("src"), ignoreOrder: true);

    [Fact]
    public void Every_folder_of_the_server_is_named() =>
        DocumentFile.Folders("src/Aeos.Server").Where(static folder => !Lines.Any(line => Regex.IsMatch(line, $@"^  ([A-Za-z]+, )*{folder}\b"))).ShouldBeEmpty();

    [Fact]
    public void Every_part_that_a_flow_names_is_a_file_or_a_folder_of_the_sources()
    {
        var known = DocumentFile.NamesBelow("src");
        Flows().SelectMany(static line => line.Split([" | ", ", "], StringSplitOptions.TrimEntries)).Where(static name => Part().IsMatch(name)).Where(name => !known.Contains(name)).ShouldBeEmpty();
    }

    // What stands left of the blanks that part a name from what is said of it.
    private static IEnumerable<string> Flows()
    {
        var isFlow = false;
        foreach (var line in Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isFlow = !isFlow;
            }
            else if (isFlow && line.StartsWith("  ", StringComparison.Ordinal))
            {
                yield return Gap().Split(line.TrimStart())[0];
            }
        }
    }

    [GeneratedRegex(@"^  (Aeos\.[A-Za-z]+) ")]
    private static partial Regex Room();

    // Two words at least, written as one: a type. A single one may be a phase or a verb; what ends in Async is a method.
    [GeneratedRegex(@"^[A-Z][a-z]+(?:[A-Z][a-z]+)+(?<!Async)$")]
    private static partial Regex Part();

    [GeneratedRegex("  +")]
    private static partial Regex Gap();
}
