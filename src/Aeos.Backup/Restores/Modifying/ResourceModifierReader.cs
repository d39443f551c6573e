using Aeos.Kubernetes;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Modifying;

/// <summary>Reads a restore's resource modifiers from the config map that its spec names (Velero 1.18, validateAndComplete in restore_controller.go).</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="serverNamespace">The server's namespace; Velero's is <c>velero</c>.</param>
internal sealed class ResourceModifierReader(KubernetesClient cluster, string serverNamespace)
{
    private const string Remedy = "Correct the config map, or restore without --resource-modifier-configmap.";

    /// <summary>Reads them.</summary>
    /// <param name="reference">The restore's <c>spec.resourceModifier</c>; null: there are none.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="RestoreRefusedException">They cannot be read, or are not valid.</exception>
    public async Task<ResourceModifiers?> ReadAsync(ResourceReference? reference, CancellationToken cancellationToken)
    {
        if (reference is null)
        {
            return null;
        }

        var name = $"{serverNamespace}/{reference.Name}";
        if (!reference.Kind.Equals("ConfigMap", StringComparison.OrdinalIgnoreCase))
        {
            throw new RestoreRefusedException($"spec.resourceModifier is a {reference.Kind}: only a ConfigMap is known", "Put the modifiers into a ConfigMap.");
        }

        try
        {
            var map = await cluster.TryGetAsync(WellKnownResources.ConfigMaps, serverNamespace, reference.Name, cancellationToken).ConfigureAwait(false)
                ?? throw new RestoreRefusedException($"failed to get resource modifiers configmap {name}: there is none", Remedy);
            var data = map.ToTree().Child("data") ?? [];
            return data.Count == 1
                ? ResourceModifierText.Parse(data.Text(data.First().Key))
                : throw new RestoreRefusedException($"illegal resource modifiers {name} configmap: its data has {data.Count} keys instead of one", Remedy);
        }
        catch (KubernetesException failure)
        {
            throw new RestoreRefusedException($"failed to get resource modifiers configmap {name}: {failure.Cause}", failure.Remedy);
        }
        catch (FormatException failure)
        {
            throw new RestoreRefusedException($"Validation error in resource modifiers provided in configmap {name}: {failure.Message}", Remedy);
        }
    }
}
