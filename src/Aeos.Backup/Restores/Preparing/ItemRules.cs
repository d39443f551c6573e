using System.Text.Json.Nodes;
using Aeos.Backup.Hooks;
using Aeos.Backup.Restores.Modifying;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Which rules an object of which type is prepared by, and in which order it becomes what is created (Velero 1.18, restoreItem in restore.go).
/// </summary>
internal sealed class ItemRules
{
    private readonly RestoreOptions _options;
    private readonly ResourceModifiers? _modifiers;
    private readonly Dictionary<string, IItemRule[]> _rules;

    public ItemRules(RestoreOptions options, RuleSources sources)
    {
        _options = options;
        _modifiers = sources.Modifiers;
        var reprovisioned = new ReprovisionedVolumes();
        var bindings = new BindingRule(options.NamespaceMappings);
        var images = new ImageRule(sources.Images);
        var storageClasses = new StorageClassRule(sources.StorageClasses, sources.Cluster);
        var webhooks = new WebhookRule();
        _rules = new Dictionary<string, IItemRule[]>(StringComparer.Ordinal)
        {
            ["apiservices.apiregistration.k8s.io"] = [new ApiServiceRule()],
            [TypeNames.ClusterRoleBindings] = [bindings],
            ["cronjobs.batch"] = [images],
            [TypeNames.Definitions] = [new DefinitionRule()],
            ["daemonsets.apps"] = [images],
            [TypeNames.DataUploads] = [new DataUploadRule()],
            ["deployments.apps"] = [images],
            ["jobs.batch"] = [new JobRule(), images],
            ["mutatingwebhookconfigurations.admissionregistration.k8s.io"] = [webhooks],
            [TypeNames.Claims] = [storageClasses, new ClaimRule(reprovisioned)],
            [TypeNames.Volumes] = [new VolumeRule(sources.Volumes, options.NamespaceMappings, reprovisioned), storageClasses],
            [TypeNames.Pods] = [new PodRule(), new WaitContainerRule(), images, new RestoreInitHooks(new RestoreHookPlan(options.Spec.Hooks), options.NamespaceMappings)],
            ["replicasets.apps"] = [images],
            ["replicationcontrollers"] = [images],
            ["rolebindings.rbac.authorization.k8s.io"] = [bindings],
            [TypeNames.Secrets] = [new TokenSecretRule(sources.Cluster)],
            [TypeNames.ServiceAccounts] = [new ServiceAccountRule()],
            ["services"] = [new ServiceRule(options.PreserveNodePorts)],
            ["statefulsets.apps"] = [storageClasses, images],
            ["validatingwebhookconfigurations.admissionregistration.k8s.io"] = [webhooks],
        };
    }

    /// <summary>Why the object, as it is in the backup, is not restored; null when it is.</summary>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster was asked and did not answer.</exception>
    public async ValueTask<Omission?> OmissionAsync(string groupResource, JsonObject item, CancellationToken cancellationToken)
    {
        foreach (var rule in Of(groupResource))
        {
            if (await rule.OmissionAsync(item, cancellationToken).ConfigureAwait(false) is { } omission)
            {
                return omission;
            }
        }

        return null;
    }

    /// <summary>Objects that go before this one, as the backup names them, whether or not it has them. To be asked before <see cref="ApplyAsync"/>.</summary>
    public IEnumerable<ItemKey> Companions(string groupResource, JsonObject item) => Of(groupResource).SelectMany(rule => rule.Companions(item));

    /// <summary>
    /// Makes the object what is created. To be called after its companions were restored. Its status and its <c>managedFields</c> are gone afterwards;
    /// with resource modifiers its name, its kind and its version may be others.
    /// </summary>
    /// <returns>What resource modifiers failed at; the object is restored nevertheless, without what failed.</returns>
    /// <exception cref="PreparationException">It cannot be restored.</exception>
    public async ValueTask<IReadOnlyList<string>> ApplyAsync(string groupResource, JsonObject item, string targetNamespace, CancellationToken cancellationToken)
    {
        MetadataRules.Reset(item);
        foreach (var rule in Of(groupResource))
        {
            await rule.ApplyAsync(item, cancellationToken).ConfigureAwait(false);
        }

        var failures = _modifiers?.Apply(groupResource, item) ?? [];
        MetadataRules.DropManagedFields(item);
        if (targetNamespace.Length > 0)
        {
            item.Ensure("metadata")["namespace"] = targetNamespace;
        }

        MetadataRules.AddLabels(item, _options);
        return failures;
    }

    private IItemRule[] Of(string groupResource) => _rules.GetValueOrDefault(groupResource, []);
}
