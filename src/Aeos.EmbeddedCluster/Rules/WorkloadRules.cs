using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Rules;

/// <summary>Deployments and their kin: a selector that fits the template, and the common defaults. Nothing makes pods of them.</summary>
internal sealed class WorkloadRules : TypeRules
{
    public override void BeforeCreate(JsonObject node, RuleContext context) => Settle(node, context);

    public override void BeforeUpdate(JsonObject node, JsonObject old, RuleContext context) => Settle(node, context);

    private static void Settle(JsonObject node, RuleContext context)
    {
        var spec = node.Ensure("spec");
        if (spec["selector"] is null)
        {
            throw ApiError.Invalid(context.Type, node.Name(), FieldProblem.Required("spec.selector", ""));
        }

        var labels = spec.Child("template", "metadata").Child("labels");
        if (spec.Child("selector", "matchLabels") is { } wanted && wanted.Any(w => labels.Text(w.Key) != w.Value?.ToString()))
        {
            var given = labels?.ToJsonString() ?? "null";
            var problem = FieldProblem.Invalid("spec.template.metadata.labels", given, "`selector` does not match template `labels`");
            throw ApiError.Invalid(context.Type, node.Name(), problem);
        }

        if (context.Type.Plural != "daemonsets")
        {
            spec.Default("replicas", 1);
        }

        if (context.Type.Plural != "replicasets")
        {
            spec.Default("revisionHistoryLimit", 10);
        }

        if (spec.Child("template", "spec") is { } pod)
        {
            PodDefaults.Set(pod);
        }

        node.Default("status", new JsonObject());
    }
}
