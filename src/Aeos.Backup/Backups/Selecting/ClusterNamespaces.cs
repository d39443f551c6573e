using Aeos.Kubernetes;
using Aeos.Kubernetes.Requests;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>The names of the cluster's namespaces when the backup begins, and of those that labels set apart.</summary>
internal sealed class ClusterNamespaces
{
    private const string ArgoLabel = "argocd.argoproj.io/managed-by";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private ClusterNamespaces()
    {
    }

    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Those that a label keeps out of backups.</summary>
    public List<string> Excluded { get; } = [];

    /// <summary>Those that Argo CD manages.</summary>
    public List<string> ManagedByArgo { get; } = [];

    public static async Task<ClusterNamespaces> ReadAsync(KubernetesClient cluster, CancellationToken cancellationToken)
    {
        var read = new ClusterNamespaces();
        await foreach (var item in cluster.List(WellKnownResources.Namespaces).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            read._names.Add(item.Name);
            if (item.Metadata.Labels.GetValueOrDefault(ItemSelection.ExcludeLabel) == "true")
            {
                read.Excluded.Add(item.Name);
            }

            if (item.Metadata.Labels.GetValueOrDefault(ArgoLabel) is { Length: > 0 })
            {
                read.ManagedByArgo.Add(item.Name);
            }
        }

        return read;
    }

    public bool Has(string name) => _names.Contains(name);
}
