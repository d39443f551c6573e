using System.Text.Json.Nodes;

namespace Aeos.Embedded.Rules;

/// <summary>What a server does to objects of one type by itself before it stores them: defaults, allocations, refusals. This one does nothing.</summary>
internal class TypeRules
{
    public static TypeRules None { get; } = new();

    public virtual void BeforeCreate(JsonObject node, RuleContext context)
    {
    }

    /// <summary>Looks at an update of anything but a subresource.</summary>
    public virtual void BeforeUpdate(JsonObject node, JsonObject old, RuleContext context)
    {
    }

    /// <summary>Looks at a deletion, and may change what stays while finalizers hold the object.</summary>
    public virtual void BeforeDelete(JsonObject node, RuleContext context)
    {
    }
}
