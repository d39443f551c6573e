using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Rules;

/// <summary>Volumes get a finalizer, a reclaim policy and a phase.</summary>
internal sealed class VolumeRules : TypeRules
{
    public const string Finalizer = "kubernetes.io/pv-protection";

    public override void BeforeCreate(JsonObject node, RuleContext context)
    {
        Finalizers.Add(node, Finalizer);
        var spec = node.Ensure("spec");
        spec.Default("persistentVolumeReclaimPolicy", "Retain");
        spec.Default("volumeMode", "Filesystem");
        node.Default("status", new JsonObject { ["phase"] = "Available" });
    }
}
