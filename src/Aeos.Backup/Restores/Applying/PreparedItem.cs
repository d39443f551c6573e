using System.Text.Json.Nodes;
using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Restores.Applying;

/// <summary>An object that is ready to be created.</summary>
/// <param name="Key">Which one of the backup it is.</param>
/// <param name="Type">Its type, as the cluster serves it.</param>
/// <param name="Tree">What is created: with the restore's labels, without status and <c>managedFields</c>.</param>
/// <param name="Namespace">The namespace that it goes into; empty for none.</param>
/// <param name="Status">The status that it had; null: none.</param>
/// <param name="Owners">Who owned its fields.</param>
internal sealed record PreparedItem(ItemKey Key, ApiResource Type, JsonObject Tree, string Namespace, JsonNode? Status, FieldOwners Owners)
{
    /// <summary>Its name, which is not the backup's when something renamed it.</summary>
    public string Name { get; } = Tree.Child("metadata").Text("name");

    /// <summary>As the cluster knows it, for the log.</summary>
    public override string ToString() => Namespace.Length == 0 ? $"{Type.GroupResource}/{Name}" : $"{Type.GroupResource}/{Namespace}/{Name}";
}
