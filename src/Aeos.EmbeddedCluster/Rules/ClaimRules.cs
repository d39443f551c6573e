using System.Text.Json.Nodes;
using Aeos.Embedded.Json;
using Aeos.Embedded.Writing;

namespace Aeos.Embedded.Rules;

/// <summary>Claims get the default storage class, a finalizer, and a phase.</summary>
internal sealed class ClaimRules : TypeRules
{
    public const string Finalizer = "kubernetes.io/pvc-protection";
    public const string DefaultClass = "storageclass.kubernetes.io/is-default-class";

    public override void BeforeCreate(JsonObject node, RuleContext context)
    {
        Finalizers.Add(node, Finalizer);
        var spec = node.Ensure("spec");
        spec.Default("volumeMode", "Filesystem");
        if (spec["storageClassName"] is null)
        {
            var standard = context.State.In(context.Catalog["storageclasses.storage.k8s.io"], null)
                .FirstOrDefault(c => c.Read().Child("metadata", "annotations").Text(DefaultClass) == "true");
            if (standard is not null)
            {
                spec["storageClassName"] = standard.Name;
            }
        }

        node.Default("status", new JsonObject { ["phase"] = "Pending" });
    }
}
