namespace Aeos.Cluster.Tests.Running;

/// <summary>A test that plays the node on which commands run: a real API server must reach it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = Reason;

    internal static string? Reason => ClusterRoom.IsReal && PlayedNode.Address is null
        ? "On a real API server it needs AEOS_TEST_NODE_ADDRESS: the address under which that server reaches this process, and passes WebSockets on to it."
        : null;
}
