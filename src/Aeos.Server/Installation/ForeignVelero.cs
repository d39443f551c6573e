using Aeos.Kubernetes.Objects;

namespace Aeos.Server.Installation;

/// <summary>Knows a Velero by its Deployment: as <c>velero install</c> and the Helm chart make it.</summary>
internal static class ForeignVelero
{
    public static bool Is(KubernetesObject deployment) => !Ownership.IsOurs(deployment) && (
        deployment.Name == "velero" || Has(deployment, "component", "velero") || Has(deployment, "app.kubernetes.io/name", "velero"));

    private static bool Has(KubernetesObject item, string label, string value) => item.Metadata.Labels.TryGetValue(label, out var found) && found == value;
}
