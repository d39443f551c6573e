using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>API services that the server makes by itself, for its own types and for definitions, are left to it (Velero 1.18, apiservice_action.go).</summary>
internal sealed class ApiServiceRule : IItemRule
{
    private const string ManagedLabel = "kube-aggregator.kubernetes.io/automanaged";

    public ValueTask<Omission?> OmissionAsync(JsonObject item, CancellationToken cancellationToken) =>
        new(item.Child("metadata").Child("labels")?.ContainsKey(ManagedLabel) == true ? new Omission("it is managed by Kubernetes") : null);
}
