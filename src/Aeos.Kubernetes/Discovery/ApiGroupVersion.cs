namespace Aeos.Kubernetes.Discovery;

/// <summary>One version of a group, with all that it serves.</summary>
/// <param name="Version">The version's name, such as <c>v1beta1</c>.</param>
/// <param name="Resources">What it serves, in the server's order, subresources folded into their resource.</param>
public sealed record ApiGroupVersion(string Version, IReadOnlyList<ApiResource> Resources);
