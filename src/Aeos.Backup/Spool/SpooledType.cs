namespace Aeos.Backup.Spool;

/// <summary>Where the objects of one type are in the spool: in the version that the backup's cluster preferred, and in others where they are kept.</summary>
internal sealed class SpooledType
{
    private readonly Dictionary<string, SortedDictionary<string, NameTable<SpooledItem>>> _versions = new(StringComparer.Ordinal);

    /// <summary>The version that the backup's cluster preferred; null when the archive does not say.</summary>
    public string? PreferredVersion { get; set; }

    /// <summary>All versions that the archive has, the preferred one among them.</summary>
    public IEnumerable<string> Versions => PreferredVersion is null ? _versions.Keys : _versions.Keys.Append(PreferredVersion).Distinct(StringComparer.Ordinal);

    /// <summary>The objects by namespace and name; the empty namespace is the cluster.</summary>
    public SortedDictionary<string, NameTable<SpooledItem>> Scopes { get; } = new(StringComparer.Ordinal);

    /// <summary>The objects in another version than the preferred one.</summary>
    public SortedDictionary<string, NameTable<SpooledItem>> In(string version)
    {
        if (!_versions.TryGetValue(version, out var scopes))
        {
            _versions[version] = scopes = new(StringComparer.Ordinal);
        }

        return scopes;
    }

    /// <summary>Where an object is; null when there is none of this name.</summary>
    /// <param name="version">The version; null, or one that the object is not there in: the preferred one.</param>
    /// <param name="namespace">The namespace.</param>
    /// <param name="name">The name.</param>
    public SpooledItem? Find(string? version, string @namespace, string name) =>
        (version is not null && _versions.TryGetValue(version, out var scopes) ? Find(scopes, @namespace, name) : null) ?? Find(Scopes, @namespace, name);

    private static SpooledItem? Find(SortedDictionary<string, NameTable<SpooledItem>> scopes, string @namespace, string name) =>
        scopes.TryGetValue(@namespace, out var items) && items.Find(name) is var place and >= 0 ? items[place] : null;
}
