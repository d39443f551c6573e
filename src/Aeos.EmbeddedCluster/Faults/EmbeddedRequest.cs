namespace Aeos.Embedded;

/// <summary>A request as a test's hook sees it, before anything was done for it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Query">The query with its question mark, or an empty text.</param>
/// <param name="UserAgent">The client's name for itself.</param>
public sealed record EmbeddedRequest(string Method, string Path, string Query, string UserAgent);
