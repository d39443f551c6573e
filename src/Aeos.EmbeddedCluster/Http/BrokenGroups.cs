using System.Collections.Concurrent;

namespace Aeos.Embedded.Http;

/// <summary>Groups whose server is away, as an aggregated API's can be: they are named, and everything below them answers 503.</summary>
internal sealed class BrokenGroups
{
    private readonly ConcurrentDictionary<string, string> _versions = new();

    public IEnumerable<string> Groups => _versions.Keys.Order(StringComparer.Ordinal);

    public bool Contains(string group) => _versions.ContainsKey(group);

    public IReadOnlyList<string> VersionsOf(string group) => _versions.TryGetValue(group, out var version) ? [version] : [];

    public void Add(string group, string version) => _versions[group] = version;

    public void Remove(string group) => _versions.TryRemove(group, out _);
}
