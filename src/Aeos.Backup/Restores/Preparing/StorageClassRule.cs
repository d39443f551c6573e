using System.Text.Json.Nodes;
using Aeos.Kubernetes.Errors;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>Gives volumes, claims and the claim templates of stateful sets other storage classes (Velero 1.18, change_storageclass_action.go).</summary>
internal sealed class StorageClassRule(PluginConfig names, ITargetCluster cluster) : IItemRule
{
    private const string Field = "storageClassName";

    public async ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        var mappings = names.Data;
        if (mappings.Count == 0)
        {
            return;
        }

        var specs = item.Text("kind") == "StatefulSet"
            ? item.Child("spec").Children("volumeClaimTemplates").Select(static template => template.Child("spec"))
            : [item.Child("spec")];
        foreach (var spec in specs.OfType<JsonObject>())
        {
            if (mappings.TryGetValue(spec.Text(Field), out var name))
            {
                await CheckAsync(name, cancellationToken).ConfigureAwait(false);
                spec[Field] = name;
            }
        }
    }

    private async Task CheckAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            if (!await cluster.HasStorageClassAsync(name, cancellationToken).ConfigureAwait(false))
            {
                throw new PreparationException(
                    $"error getting storage class {name} from API: there is none of this name",
                    $"Make it, or correct the config map with the label {PluginConfigReader.ChangeStorageClass}.");
            }
        }
        catch (KubernetesException failure)
        {
            throw new PreparationException($"error getting storage class {name} from API: {failure.Cause}", failure.Remedy, failure);
        }
    }
}
