using System.Text.Json.Nodes;

namespace Aeos.Backup.Restores.Preparing;

/// <summary>By these annotations the cluster's controller knows that a claim and a volume belong together: both have to find each other again.</summary>
internal static class BindingAnnotations
{
    public static void Drop(JsonObject item) =>
        item.Child("metadata").Child("annotations").Drop("pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller");
}
