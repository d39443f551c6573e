using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Restores.Selecting;

/// <summary>In which order a backup's types are restored (Velero 1.18, getOrderedResources in pkg/restore/restore.go).</summary>
internal static class ResourceOrder
{
    /// <summary>Orders types: definitions, those in front, the rest by name, those at the end.</summary>
    /// <param name="groupResources">The types in the backup.</param>
    /// <param name="priorities">What goes first and last, in any form that the cluster knows.</param>
    /// <param name="catalog">Resolves these forms.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> groupResources, ResourcePriorities priorities, ApiCatalog catalog)
    {
        var (high, low) = (Ranks(priorities.High), Ranks(priorities.Low));
        return [.. groupResources.OrderBy(Rank).ThenBy(static name => name, StringComparer.Ordinal)];

        int Rank(string type) => type == TypeNames.Definitions ? -1
            : high.TryGetValue(type, out var first) ? first
            : low.TryGetValue(type, out var last) ? high.Count + 1 + last
            : high.Count;

        Dictionary<string, int> Ranks(IReadOnlyList<string> names)
        {
            var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var name in names)
            {
                ranks.TryAdd(TypeNames.Resolve(name, catalog), ranks.Count);
            }

            return ranks;
        }
    }
}
