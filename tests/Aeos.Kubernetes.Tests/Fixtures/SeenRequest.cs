namespace Aeos.Kubernetes.Tests.Fixtures;

/// <summary>A request as a server saw it.</summary>
internal sealed record SeenRequest(
    string Method, string Target, string Body, string Protocol, string Host, IReadOnlyDictionary<string, string> Headers, string? ClientCertificate)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
