namespace Aeos.Backup.Filters;

/// <summary>Names to include and to exclude, each a <see cref="Glob"/>; excludes win, and no includes mean everything (Velero 1.18, pkg/util/collections).</summary>
internal sealed class GlobSet
{
    private const string Everything = "*";

    private readonly HashSet<string> _names;
    private readonly HashSet<string> _excluded;
    private readonly Glob[] _includes;
    private readonly Glob[] _excludes;

    public GlobSet(IEnumerable<string>? includes, IEnumerable<string>? excludes)
    {
        _names = new HashSet<string>(includes ?? [], StringComparer.Ordinal);
        _excluded = new HashSet<string>(excludes ?? [], StringComparer.Ordinal);
        _includes = [.. _names.Where(Glob.HasMeaning).Select(static name => new Glob(name))];
        _excludes = [.. _excluded.Where(Glob.HasMeaning).Select(static name => new Glob(name))];
    }

    /// <summary>Whether nothing is left out.</summary>
    public bool IncludesEverything => _excluded.Count == 0 && (_names.Count == 0 || (_names.Count == 1 && _names.Contains(Everything)));

    /// <summary>Whether there is neither an include nor an exclude.</summary>
    public bool IsEmpty => _names.Count == 0 && _excluded.Count == 0;

    /// <summary>The included names that have no wildcard.</summary>
    public IEnumerable<string> Named => _names.Where(static name => !Glob.IsPattern(name));

    /// <summary>Whether only such names are included.</summary>
    public bool OnlyNamed => _names.Count > 0 && !_names.Any(Glob.IsPattern);

    /// <summary>Whether the name is in.</summary>
    public bool Includes(string name) => !Excludes(name) && (_names.Count == 0 || Names(name));

    /// <summary>Whether the includes have the name, or a pattern that it matches.</summary>
    public bool Names(string name) => _names.Contains(name) || Array.Exists(_includes, glob => glob.Matches(name));

    /// <summary>Whether the name is named as not in.</summary>
    public bool Excludes(string name) => _excluded.Contains(name) || Array.Exists(_excludes, glob => glob.Matches(name));
}
