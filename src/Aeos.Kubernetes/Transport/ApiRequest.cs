namespace Aeos.Kubernetes.Transport;

/// <summary>One request, in a form that can be sent again.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Target">Path and query, beginning with a slash, escaped.</param>
internal sealed record ApiRequest(HttpMethod Method, string Target)
{
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public string Accept { get; init; } = "application/json";

    /// <summary>The request for errors and logs: no body, no query.</summary>
    public string Title => $"{Method} {Target.Split('?')[0]}";

    // A body may be a Secret's.
    public override string ToString() => Title;
}
