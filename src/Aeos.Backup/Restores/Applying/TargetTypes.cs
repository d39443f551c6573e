using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Restores.Applying;

/// <summary>What the cluster serves, by version and plural: archives name types by their plurals.</summary>
internal sealed class TargetTypes(KubernetesClient cluster)
{
    private Dictionary<(string ApiVersion, string Name), ApiResource> _types = [];

    public ApiCatalog Catalog { get; private set; } = new([], []);

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Catalog = await cluster.DiscoverAsync(cancellationToken).ConfigureAwait(false);
        var types = new Dictionary<(string, string), ApiResource>();
        foreach (var type in Catalog.AllResources)
        {
            types.TryAdd((type.ApiVersion, type.Name), type);
        }

        _types = types;
    }

    /// <summary>The type; null when the cluster does not serve it.</summary>
    public ApiResource? Find(string apiVersion, string resource) => _types.GetValueOrDefault((apiVersion, resource));
}
