using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Restores.Selecting;

/// <summary>
/// In which version a type is restored, where the backup has several (Velero 1.18, pkg/restore/prioritize_group_version.go): the first that the user wants and
/// both clusters know; the one that this cluster prefers; the one that the backup's cluster preferred; the best that both know.
/// </summary>
internal static class VersionChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="groupResource">The type.</param>
    /// <param name="preferred">The version that the backup's cluster preferred.</param>
    /// <param name="inBackup">The versions that the backup has.</param>
    /// <param name="catalog">What this cluster serves.</param>
    /// <param name="wishes">What the user wants.</param>
    /// <returns>The version; null: the preferred one of the backup.</returns>
    public static string? Of(
        string groupResource, string? preferred, IEnumerable<string> inBackup, ApiCatalog catalog, IReadOnlyDictionary<string, string[]> wishes)
    {
        var name = TypeNames.Split(groupResource).Group;
        if (catalog.Groups.FirstOrDefault(group => group.Name == name) is not { Versions.Count: > 0 } group)
        {
            return null;
        }

        var here = group.Versions.Select(static version => version.Version).Order(KubeVersion.Order).ToList();
        var there = inBackup.ToHashSet(StringComparer.Ordinal);
        var chosen = wishes.GetValueOrDefault(groupResource)?.FirstOrDefault(wish => here.Contains(wish) && there.Contains(wish))
            ?? (there.Contains(group.PreferredVersion) ? group.PreferredVersion : null)
            ?? (preferred is not null && here.Contains(preferred) ? preferred : null)
            ?? here.FirstOrDefault(there.Contains);
        return chosen == preferred ? null : chosen;
    }
}
