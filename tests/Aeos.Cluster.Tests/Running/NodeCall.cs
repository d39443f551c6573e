namespace Aeos.Cluster.Tests.Running;

/// <summary>A command that somebody runs in a pod.</summary>
/// <param name="Place">The pod's namespace.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Output">Takes what the command prints.</param>
internal sealed record NodeCall(string Place, string Pod, string Container, IReadOnlyList<string> Command, Stream Output)
{
    public override string ToString() => $"{Pod}/{Container}: {string.Join(' ', Command)}";
}
