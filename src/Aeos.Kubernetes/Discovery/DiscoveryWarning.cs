namespace Aeos.Kubernetes.Discovery;

/// <summary>A version of a group that could not be discovered and is left out, mostly because an aggregated API server is away.</summary>
/// <param name="GroupVersion">Group and version, such as <c>metrics.k8s.io/v1beta1</c>.</param>
/// <param name="Message">Why: one line.</param>
public sealed record DiscoveryWarning(string GroupVersion, string Message);
