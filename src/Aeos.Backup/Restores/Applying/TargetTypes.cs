using System.Collections.Concurrent;
using Aeos.Encryption;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Restores.Applying;

/// <summary>What the cluster serves, by version and plural: archives name types by their plurals.</summary>
internal sealed class TargetTypes(KubernetesClient cluster)
{
    private readonly ConcurrentDictionary<string, bool> _expected = new(StringComparer.Ordinal);
    private Dictionary<(string ApiVersion, string Name), ApiResource> _types = [];

    public ApiCatalog Catalog { get; private set; } = new([], []);

    /// <summary>The definitions that this restore brought: their types are served soon.</summary>
    public ICollection<string> Definitions => _expected.Keys;

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

    /// <summary>Notes a definition, by its name, which is its type's.</summary>
    public void Expect(string definition) => _expected[definition] = true;

    /// <summary>Whether more may be served than the catalog says.</summary>
    public bool MayGrow => !_expected.IsEmpty || Catalog.Warnings.Count > 0;

    /// <summary>Whether a type that is not served may be so soon.</summary>
    public bool MayCome(string groupResource, string apiVersion) =>
        _expected.ContainsKey(groupResource) || Catalog.Warnings.Any(warning => warning.GroupVersion == apiVersion);

    /// <summary>Why a type is not served, and what is.</summary>
    public string WhyMissing(ItemKey key, string apiVersion)
    {
        var group = TypeNames.GroupOf(apiVersion);
        var others = Catalog.AllResources.Where(type => type.Group == group && type.Name == key.Resource).Select(static type => type.ApiVersion).ToList();
        return Catalog.Warnings.FirstOrDefault(warning => warning.GroupVersion == apiVersion) is { } away
            ? $"the server of {apiVersion} could not be asked: {away.Message}"
            : $"the cluster does not serve {key.Resource} in {Printable.Escape(apiVersion)}"
                + (others.Count == 0 ? "" : $", but in {string.Join(", ", others)}: restore with the feature EnableAPIGroupVersions if the backup was made with it");
    }
}
