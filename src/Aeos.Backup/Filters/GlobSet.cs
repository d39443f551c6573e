using System.IO.Enumeration;

namespace Aeos.Backup.Filters;

/// <summary>Names to include and to exclude, with <c>*</c> and <c>?</c> as in file names; excludes win, and no includes mean everything.</summary>
internal sealed class GlobSet
{
    private const string Everything = "*";

    private readonly string[] _includes;
    private readonly string[] _excludes;

    public GlobSet(IEnumerable<string>? includes, IEnumerable<string>? excludes)
    {
        _includes = [.. (includes ?? []).Distinct(StringComparer.Ordinal)];
        _excludes = [.. (excludes ?? []).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether nothing is left out.</summary>
    public bool IncludesEverything => _excludes.Length == 0 && (_includes.Length == 0 || _includes is [Everything]);

    /// <summary>The included names that have no wildcard.</summary>
    public IEnumerable<string> Named => _includes.Where(name => !name.Contains('*', StringComparison.Ordinal));

    /// <summary>Whether only such names are included.</summary>
    public bool OnlyNamed => _includes.Length > 0 && Named.Count() == _includes.Length;

    /// <summary>Whether the name is in.</summary>
    public bool Includes(string name)
        => !Excludes(name) && (_includes.Length == 0 || Array.Exists(_includes, pattern => Matches(pattern, name)));

    /// <summary>Whether the name is named as not in.</summary>
    public bool Excludes(string name) => Array.Exists(_excludes, pattern => Matches(pattern, name));

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
