using System.Text.Json.Nodes;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Rules;

/// <summary>The API groups that bindings of roles leave out.</summary>
internal sealed class BindingRules : TypeRules
{
    private const string Group = "rbac.authorization.k8s.io";

    public override void BeforeCreate(JsonObject node, RuleContext context) => Settle(node);

    public override void BeforeUpdate(JsonObject node, JsonObject old, RuleContext context) => Settle(node);

    private static void Settle(JsonObject node)
    {
        node.Child("roleRef")?.Default("apiGroup", Group);
        foreach (var subject in node.Objects("subjects").Where(s => s.Text("kind") is "User" or "Group"))
        {
            subject.Default("apiGroup", Group);
        }
    }
}
