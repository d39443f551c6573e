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

    /// <summary>The folders in a folder of the repository, without those that a build makes.</summary>
    public static IEnumerable<string> Folders(string name) => Directory.EnumerateDirectories(Path.Combine(Root(), name)).Select(static path => Path.GetFileName(path)).Where(static folder => folder is not ("bin" or "obj"));

    /// <summary>The names of all folders and C# files below a folder, without their endings.</summary>
    public static HashSet<string> NamesBelow(string name) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root(), name), "*.cs", SearchOption.AllDirectories).Select(static path => Path.GetFileNameWithoutExtension(path)),
        .. Directory.EnumerateDirectories(Path.Combine(Root(), name), "*", SearchOption.AllDirectories).Select(static path => Path.GetFileName(path)),
    ];

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
