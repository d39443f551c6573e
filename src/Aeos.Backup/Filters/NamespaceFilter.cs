namespace Aeos.Backup.Filters;

/// <summary>
/// The namespaces that a backup is about (Velero 1.18, NamespaceIncludesExcludes in pkg/util/collections). Patterns are expanded once, when the backup
/// begins; with <c>*</c> a namespace that comes later is in as well.
/// </summary>
internal sealed class NamespaceFilter
{
    private const string Everything = "*";

    private readonly GlobSet _names;
    private readonly bool _holdsNothing;

    /// <param name="includes">Names and patterns; empty: all.</param>
    /// <param name="excludes">Names and patterns.</param>
    /// <param name="existing">The cluster's namespaces.</param>
    public NamespaceFilter(IReadOnlyList<string> includes, IReadOnlyList<string> excludes, IReadOnlyCollection<string> existing)
    {
        IsEverywhere = includes.Count == 0 || includes.Contains(Everything);
        var (included, excluded) = (IsEverywhere ? [] : Expand(includes, existing), Expand(excludes, existing));
        Included = [.. included];
        IncludesEverything = excluded.Count == 0 && (IsEverywhere || included.SetEquals(existing));
        _names = new GlobSet(Included, IsEverywhere ? excludes : excluded);

        // No includes would mean all.
        _holdsNothing = !IsEverywhere && included.Count == 0;
    }

    /// <summary>Whether all namespaces are in, except for excludes.</summary>
    public bool IsEverywhere { get; }

    /// <summary>Whether all namespaces are in, without exception: because none is named, or because each is, by its name or a pattern.</summary>
    public bool IncludesEverything { get; }

    /// <summary>The names that are included, expanded; empty when all are.</summary>
    public IReadOnlyList<string> Included { get; }

    /// <summary>Whether a namespace, and what is in it, is in.</summary>
    public bool Includes(string name) => !_holdsNothing && _names.Includes(name);

    private static HashSet<string> Expand(IReadOnlyList<string> names, IReadOnlyCollection<string> existing)
    {
        var expanded = new HashSet<string>(names.Where(static name => !Glob.IsPattern(name)), StringComparer.Ordinal);
        foreach (var pattern in names.Where(Glob.IsPattern).Select(static name => new Glob(name)))
        {
            expanded.UnionWith(existing.Where(pattern.Matches));
        }

        return expanded;
    }
}
