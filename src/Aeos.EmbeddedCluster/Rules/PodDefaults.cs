using System.Text.Json.Nodes;
using Aeos.Embedded.Json;

namespace Aeos.Embedded.Rules;

/// <summary>The common defaults of a pod's specification, also within templates. Real servers set a few more.</summary>
internal static class PodDefaults
{
    public static void Set(JsonObject spec)
    {
        spec.Default("restartPolicy", "Always");
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("schedulerName", "default-scheduler");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("securityContext", new JsonObject());
        foreach (var container in spec.Objects("initContainers").Concat(spec.Objects("containers")))
        {
            container.Default("imagePullPolicy", IsTagged(container.Text("image") ?? "") ? "IfNotPresent" : "Always");
            container.Default("resources", new JsonObject());
            container.Default("terminationMessagePath", "/dev/termination-log");
            container.Default("terminationMessagePolicy", "File");
            foreach (var port in container.Objects("ports"))
            {
                port.Default("protocol", "TCP");
            }
        }

        foreach (var volume in spec.Objects("volumes"))
        {
            foreach (var source in new[] { "secret", "configMap", "projected", "downwardAPI" })
            {
                volume.Child(source)?.Default("defaultMode", 420);
            }
        }
    }

    private static bool IsTagged(string image) =>
        image.Contains(':', StringComparison.Ordinal) && !image.EndsWith(":latest", StringComparison.Ordinal);
}
