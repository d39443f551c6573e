using System.Text.Json.Nodes;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Rules;

internal sealed class StorageClassRules : TypeRules
{
    public override void BeforeCreate(JsonObject node, RuleContext context)
    {
        node.Default("reclaimPolicy", "Delete");
        node.Default("volumeBindingMode", "Immediate");
    }
}
