using Aeos.Kubernetes;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Restores.Selecting;

/// <summary>
/// The versions that a user wants types restored in: the config map <c>enableapigroupversions</c> in the server's namespace, field
/// <c>restoreResourcesVersionPriority</c>, a line <c>TYPE.GROUP=v2,v1</c> for each type (Velero 1.18, pkg/restore/prioritize_group_version.go).
/// </summary>
internal static class VersionWishes
{
    private const string ConfigMap = "enableapigroupversions";
    private const string Field = "restoreResourcesVersionPriority";

    /// <summary>Reads them; empty when there is no such config map.</summary>
    /// <exception cref="Kubernetes.Errors.KubernetesException">It cannot be read.</exception>
    public static async Task<IReadOnlyDictionary<string, string[]>> ReadAsync(KubernetesClient cluster, string serverNamespace, CancellationToken cancellationToken)
    {
        var map = await cluster.TryGetAsync(WellKnownResources.ConfigMaps, serverNamespace, ConfigMap, cancellationToken).ConfigureAwait(false);
        return Parse(map?.ToTree().Child("data").Text(Field) ?? "");
    }

    /// <summary>Reads the field; lines of another form do not count.</summary>
    public static IReadOnlyDictionary<string, string[]> Parse(string text)
    {
        var wishes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(static line => line.Replace(" ", "", StringComparison.Ordinal).TrimEnd('\r')))
        {
            if (line.Split('=') is [{ Length: > 0 } type, { Length: > 0 } versions])
            {
                wishes[type] = versions.Split(',');
            }
        }

        return wishes;
    }
}
