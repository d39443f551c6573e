using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>
/// Definitions in <c>v1</c> that keep unknown fields, as those from <c>v1beta1</c> did: <c>v1</c> wants that said in each schema. Definitions in
/// <c>v1beta1</c> stay as they are (Velero 1.18, crd_v1_preserve_unknown_fields_action.go).
/// </summary>
internal sealed class DefinitionRule : IItemRule
{
    private const string Field = "preserveUnknownFields";

    public ValueTask ApplyAsync(JsonObject item, CancellationToken cancellationToken)
    {
        if (item.Text("apiVersion") == "apiextensions.k8s.io/v1"
            && item.Child("spec") is { } spec && spec[Field] is JsonValue value && value.TryGetValue<bool>(out var preserves))
        {
            spec.Remove(Field);
            foreach (var version in preserves ? spec.Children("versions") : [])
            {
                if (version.Child("schema").Child("openAPIV3Schema") is { } schema)
                {
                    schema["x-kubernetes-preserve-unknown-fields"] = true;
                }
            }
        }

        return ValueTask.CompletedTask;
    }
}
