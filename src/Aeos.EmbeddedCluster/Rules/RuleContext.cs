using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Rules;

/// <summary>What a type's rules may look at; the state's gate is held.</summary>
internal sealed record RuleContext(ClusterState State, ResourceCatalog Catalog, ResourceType Type, TimeProvider Time)
{
    public StoredObject? Find(string qualifiedName, string? ns, string name) => State.Find(Catalog[qualifiedName], ns, name);
}
