using Aeos.Embedded.Types;

namespace Aeos.Embedded.Rules;

/// <summary>Which rules hold for which type.</summary>
internal sealed class RuleBook(ServiceAddresses addresses, bool podsRun)
{
    private readonly Dictionary<string, TypeRules> _rules = new()
    {
        ["namespaces"] = new NamespaceRules(),
        ["services"] = new ServiceRules(addresses),
        ["secrets"] = new SecretRules(),
        ["pods"] = new PodRules(podsRun),
        ["jobs.batch"] = new JobRules(),
        ["deployments.apps"] = new WorkloadRules(),
        ["daemonsets.apps"] = new WorkloadRules(),
        ["replicasets.apps"] = new WorkloadRules(),
        ["statefulsets.apps"] = new WorkloadRules(),
        ["persistentvolumeclaims"] = new ClaimRules(),
        ["persistentvolumes"] = new VolumeRules(),
        ["storageclasses.storage.k8s.io"] = new StorageClassRules(),
        ["rolebindings.rbac.authorization.k8s.io"] = new BindingRules(),
        ["clusterrolebindings.rbac.authorization.k8s.io"] = new BindingRules(),
        ["customresourcedefinitions.apiextensions.k8s.io"] = new DefinitionRules(),
    };

    public TypeRules Of(ResourceType type) => _rules.GetValueOrDefault(type.QualifiedName, TypeRules.None);
}
