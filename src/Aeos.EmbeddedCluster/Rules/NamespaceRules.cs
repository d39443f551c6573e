using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Rules;

/// <summary>The label with a namespace's own name, its finalizer, its phases.</summary>
internal sealed class NamespaceRules : TypeRules
{
    public const string Finalizer = "kubernetes";

    private const string NameLabel = "kubernetes.io/metadata.name";

    public override void BeforeCreate(JsonObject node, RuleContext context)
    {
        var finalizers = node.Ensure("spec").EnsureArray("finalizers");
        if (!finalizers.Any(f => f?.ToString() == Finalizer))
        {
            finalizers.Add((JsonNode)Finalizer);
        }

        node["status"] = new JsonObject { ["phase"] = "Active" };
        Label(node);
    }

    public override void BeforeUpdate(JsonObject node, JsonObject old, RuleContext context)
    {
        node["spec"] = old["spec"]?.DeepClone();
        Label(node);
    }

    public override void BeforeDelete(JsonObject node, RuleContext context)
    {
        if (node.Name() is "default" or "kube-system" or "kube-public")
        {
            throw ApiError.Forbidden(context.Type, node.Name(), "this namespace may not be deleted");
        }

        node.Ensure("status")["phase"] = "Terminating";
    }

    private static void Label(JsonObject node) => node.Metadata().Ensure("labels")[NameLabel] = node.Name();
}
