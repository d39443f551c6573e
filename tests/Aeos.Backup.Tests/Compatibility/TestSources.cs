using System.Text.RegularExpressions;

namespace Aeos.Backup.Tests.Compatibility;

/// <summary>The tests of all projects, found in their sources: other projects' assemblies are not at hand where this one runs.</summary>
internal static partial class TestSources
{
    public static IReadOnlySet<string> Names { get; } = In("tests");

    /// <summary>Those that run on a real API server too.</summary>
    public static IReadOnlySet<string> OfClusters { get; } = In("tests", "Aeos.Cluster.Tests");

    private static HashSet<string> In(params string[] folder) => Directory
        .EnumerateFiles(Path.Combine([CompatibilityList.Root, .. folder]), "*.cs", SearchOption.AllDirectories)
        .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static folder => folder is "bin" or "obj" or "node_modules"))
        .SelectMany(static file => Tests(File.ReadAllText(file)))
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Tests(string source)
    {
        if (Class().Match(source) is not { Success: true } type)
        {
            yield break;
        }

        foreach (Match method in Method().Matches(source))
        {
            // Attributes stand right before their method, without a blank line.
            var attributes = source[(source.LastIndexOf("\n\n", method.Index, StringComparison.Ordinal) + 1)..method.Index];
            if (Attribute().IsMatch(attributes) && !attributes.Contains("Skip =", StringComparison.Ordinal))
            {
                yield return $"{type.Groups[1].Value}.{method.Groups[1].Value}";
            }
        }
    }

    [GeneratedRegex(@"^\s*(?:public|internal)\s+(?:(?:sealed|abstract|partial|static)\s+)*class\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@"^\s*public\s+(?:async\s+)?(?:Task|ValueTask|void)\s+(\w+)\s*\(", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex(@"\[\w*(?:Fact|Theory)\b")]
    private static partial Regex Attribute();
}
