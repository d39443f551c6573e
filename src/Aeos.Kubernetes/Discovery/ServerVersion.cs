namespace Aeos.Kubernetes.Discovery;

/// <summary>What an API server says that it is (<c>/version</c>).</summary>
/// <param name="GitVersion">Such as <c>v1.34.1+k3s1</c>.</param>
/// <param name="Platform">Such as <c>linux/amd64</c>.</param>
public sealed record ServerVersion(string GitVersion, string Platform)
{
    /// <summary>The major version, such as <c>1</c>; empty when the server does not say.</summary>
    public string Major { get; init; } = "";

    /// <summary>The minor version, such as <c>34</c> or <c>34+</c>; empty when the server does not say.</summary>
    public string Minor { get; init; } = "";
}
