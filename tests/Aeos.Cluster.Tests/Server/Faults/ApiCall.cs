namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>A request of a server to the API.</summary>
internal sealed record ApiCall(string Method, string Path, string Query, string Body)
{
    public bool IsWatch => Query.Contains("watch=true", StringComparison.Ordinal);

    public bool IsList(string resource) => Method == "GET" && !IsWatch && Path.EndsWith($"/{resource}", StringComparison.Ordinal);

    public bool Creates(string resource) => Method == "POST" && Path.EndsWith($"/{resource}", StringComparison.Ordinal);

    /// <summary>Whether it brings a resource into this phase.</summary>
    public bool SetsPhase(string resource, string phase) => Method == "PATCH" && Path.Contains($"/{resource}/", StringComparison.Ordinal)
        && Body.Contains($"\"phase\":\"{phase}\"", StringComparison.Ordinal);
}
