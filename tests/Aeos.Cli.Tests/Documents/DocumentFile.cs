using System.Runtime.CompilerServices;

namespace Aeos.Cli.Tests.Documents;

/// <summary>Reads the repository's documents.</summary>
internal static class DocumentFile
{
    /// <summary>The documents that people read, relative to the repository.</summary>
    public static IEnumerable<string> Names { get; } =
        ["README.md", "benchmarks/README.md", .. Directory.EnumerateFiles(Path.Combine(Root(), "docs"), "*.md").Select(static path => $"docs/{Path.GetFileName(path)}")];

    /// <summary>A document's lines.</summary>
    public static string[] Lines(string name) => File.ReadAllLines(Path.Combine(Root(), name));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
