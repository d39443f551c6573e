namespace Aeos.Kubernetes.Discovery;

/// <summary>A group of the API with the versions of it that could be discovered.</summary>
/// <param name="Name">The group; empty for the core.</param>
/// <param name="PreferredVersion">The version that the server prefers; empty when none could be discovered.</param>
/// <param name="Versions">The versions, in the server's order of preference.</param>
public sealed record ApiGroup(string Name, string PreferredVersion, IReadOnlyList<ApiGroupVersion> Versions);
