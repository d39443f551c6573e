namespace Aeos.ObjectStore.Azure.Tests.Identity;

/// <summary>A request that the token service got.</summary>
/// <param name="Path">The path: which service, which tenant.</param>
/// <param name="Values">The form's or the query's values.</param>
/// <param name="MetadataHeader">The header that proves to a metadata service that no redirect brought the request.</param>
internal sealed record TokenRequest(string Path, IDictionary<string, string> Values, string MetadataHeader);
