using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Objects;

namespace Aeos.Backup.Backups.Actions;

/// <summary>
/// A definition that was made as v1beta1 could not be made again as v1: where the server still has that version, it is backed up in it (Velero 1.18,
/// pkg/backup/actions/remap_crd_version_action.go). Not when all versions are backed up.
/// </summary>
internal sealed class DefinitionAction(KubernetesClient cluster, BackupPlan plan) : IItemAction
{
    private const string Group = "apiextensions.k8s.io";

    private readonly ApiResource? _old = plan.Request.AllApiVersions ? null
        : plan.Catalog.AllResources.FirstOrDefault(static type => type is { Group: Group, Version: "v1beta1", Name: "customresourcedefinitions" });

    public string GroupResource => TypeNames.Definitions;

    public async ValueTask<ActionResult> RunAsync(KubernetesObject item, CancellationToken cancellationToken)
    {
        if (_old is null || item.ApiVersion != $"{Group}/v1" || !IsOld(item.ToTree()))
        {
            return new ActionResult(item, []);
        }

        return new ActionResult(await cluster.GetAsync(_old, null, item.Name, cancellationToken).ConfigureAwait(false), []);
    }

    internal static bool IsOld(JsonObject definition)
    {
        var spec = definition.Child("spec");
        return spec?["preserveUnknownFields"] is JsonValue value && value.GetValueKind() == JsonValueKind.True
            || definition.Child("status").Children("conditions").Any(static condition => condition.Text("type") == "NonStructuralSchema")
            || spec.Children("versions").FirstOrDefault() is { } first && first.Child("schema").Child("openAPIV3Schema") is null;
    }
}
