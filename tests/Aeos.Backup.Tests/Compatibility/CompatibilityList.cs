using System.Text.RegularExpressions;

namespace Aeos.Backup.Tests.Compatibility;

/// <summary>Reads docs/velero-compatibility.md.</summary>
internal static partial class CompatibilityList
{
    private const int Columns = 4;
    private const string WithoutCluster = "; without a cluster:";

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<CompatibilityRow> Rows { get; } = [.. Read(File.ReadLines(Path.Combine(Root, "docs", "velero-compatibility.md")))];

    private static IEnumerable<CompatibilityRow> Read(IEnumerable<string> lines)
    {
        var section = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..];
            }
            else if (line.StartsWith('|') && !line.StartsWith("| rule |", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            {
                yield return Row(section, line);
            }
        }
    }

    private static CompatibilityRow Row(string section, string line)
    {
        var cells = Bar().Split(line.Trim('|')).Select(static cell => cell.Trim()).ToList();
        cells.Count.ShouldBe(Columns, line);
        var shown = cells[3].Split(WithoutCluster, StringSplitOptions.TrimEntries);
        var tests = shown[0] == "—" ? [] : shown[0].Split(',').Select(static test => test.Trim().Trim('`'));
        return new CompatibilityRow(section, cells[0], cells[1].Trim('`'), cells[2], [.. tests], shown.ElementAtOrDefault(1));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in the repository.");
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
