using System.IO.Enumeration;

namespace Aeos.Backup.Restores.Selecting;

/// <summary>Names that are in and names that are out, with <c>*</c> and <c>?</c> as in file names; nothing in means everything.</summary>
internal sealed class NamePatterns(IReadOnlyList<string> included, IReadOnlyList<string> excluded)
{
    /// <summary>Whether no name is left out.</summary>
    public bool IsEverything => excluded.Count == 0 && (included.Count == 0 || included is ["*"]);

    public bool Include(string name) => (included.Count == 0 || included.Any(pattern => Fits(pattern, name))) && !excluded.Any(pattern => Fits(pattern, name));

    private static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
