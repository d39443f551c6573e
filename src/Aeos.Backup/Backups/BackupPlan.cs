using Aeos.Backup.Backups.Selecting;
using Aeos.Backup.Filters;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>What a backup comes to in this cluster: the spec made whole, names resolved, patterns expanded. Made before anything is written.</summary>
public sealed class BackupPlan
{
    private BackupPlan(BackupRequest request, BackupSpec spec, ServerVersion version, ApiCatalog catalog, ClusterNamespaces existing, ResourcePolicies? policies)
    {
        (Request, Spec, Version, Catalog, Existing, Policies) = (request, spec, version, catalog, existing, policies);
        Namespaces = new NamespaceFilter(spec.IncludedNamespaces ?? [], spec.ExcludedNamespaces ?? [], existing.Names);
        Resources = BackupValidation.UsesOldFilters(request.Spec)
            ? new GlobalResourceFilter(request.Spec, catalog, Namespaces)
            : new ScopedResourceFilter(request.Spec, catalog, Namespaces, policies);
        Selectors = Selector.Of(spec.LabelSelector, spec.OrLabelSelectors);
    }

    /// <summary>What was asked for.</summary>
    public BackupRequest Request { get; }

    /// <summary>The spec with what the server fills in, as the document has it.</summary>
    public BackupSpec Spec { get; }

    /// <summary>The labels of the Backup: those that were asked for, and Velero's.</summary>
    public IReadOnlyDictionary<string, string> Labels => With(Request.Labels, ("velero.io/storage-location", LabelValue.Of(Spec.StorageLocation!)));

    /// <summary>The annotations of the Backup: those that were asked for, and Velero's.</summary>
    public IReadOnlyDictionary<string, string> Annotations => With(
        Request.Annotations,
        ("velero.io/source-cluster-k8s-gitversion", Version.GitVersion),
        ("velero.io/source-cluster-k8s-major-version", Version.Major),
        ("velero.io/source-cluster-k8s-minor-version", Version.Minor));

    internal ServerVersion Version { get; }

    internal ApiCatalog Catalog { get; }

    internal ClusterNamespaces Existing { get; }

    internal ResourcePolicies? Policies { get; }

    internal NamespaceFilter Namespaces { get; }

    internal IResourceFilter Resources { get; }

    /// <summary>The selectors, one of which an item must match; empty: all items.</summary>
    internal IReadOnlyList<Selector> Selectors { get; }

    /// <exception cref="BackupRefusedException">The spec is not possible in this cluster.</exception>
    internal static async Task<BackupPlan> MakeAsync(KubernetesClient cluster, BackupRequest request, CancellationToken cancellationToken)
    {
        var version = await cluster.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        var catalog = await cluster.DiscoverAsync(cancellationToken).ConfigureAwait(false);
        var existing = await ClusterNamespaces.ReadAsync(cluster, cancellationToken).ConfigureAwait(false);
        var spec = SpecCompletion.Complete(request, existing);

        // Again, since labels of namespaces have a say.
        Refuse(request, [.. BackupValidation.CheckNamespaces(spec)]);
        var policies = await ReadPoliciesAsync(cluster, request, cancellationToken).ConfigureAwait(false);
        if (policies is { HasTypes: true } && BackupValidation.UsesOldFilters(request.Spec))
        {
            Refuse(request, ["includedResources, excludedResources and includeClusterResources are old filters and cannot be used with the include-exclude policy of resourcePolicy"]);
        }

        return new BackupPlan(request, spec, version, catalog, existing, policies);
    }

    /// <summary>Refuses a backup that has problems.</summary>
    /// <exception cref="BackupRefusedException">It has.</exception>
    internal static void Refuse(BackupRequest request, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw Refused(request, problems);
        }
    }

    private static BackupRefusedException Refused(BackupRequest request, params IReadOnlyList<string> problems) => new(
        $"the backup {Encryption.Printable.Quote(request.Name)} is not possible: {string.Join("; ", problems)}", "Correct what was asked for; nothing was written.", problems);

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string>? asked, params (string Name, string Value)[] more)
    {
        var all = new Dictionary<string, string>(asked ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            all[name] = value;
        }

        return all;
    }

    private static async Task<ResourcePolicies?> ReadPoliciesAsync(KubernetesClient cluster, BackupRequest request, CancellationToken cancellationToken)
    {
        if (request.Spec.ResourcePolicy is not { } reference)
        {
            return null;
        }

        var map = await cluster.TryGetAsync(WellKnownResources.ConfigMaps, request.Namespace, reference.Name, cancellationToken).ConfigureAwait(false);
        if (map is null)
        {
            throw Unusable("it is not there");
        }

        if (map.ToTree().Texts("data").Values.ToList() is not [var text])
        {
            throw Unusable("it must have one value");
        }

        try
        {
            return ResourcePolicies.Parse(text);
        }
        catch (AeosException refusal)
        {
            throw Unusable(refusal.Cause);
        }

        BackupRefusedException Unusable(string why) => Refused(request, $"the resource policies in the ConfigMap {request.Namespace}/{reference.Name} cannot be used: {why}");
    }
}
