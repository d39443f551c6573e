using Aeos.Kubernetes.Discovery;

namespace Aeos.Server.Leadership;

/// <summary>The Lease that servers of one namespace hold in turn.</summary>
internal static class Lease
{
    public const string Name = "aeos-server";

    public static ApiResource Resource { get; } = new()
    {
        Group = "coordination.k8s.io",
        Version = "v1",
        Name = "leases",
        Kind = "Lease",
        Namespaced = true,
        Verbs = ["get", "create", "update", "patch"],
    };
}
