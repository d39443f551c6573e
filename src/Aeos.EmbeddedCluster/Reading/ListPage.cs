using Aeos.Embedded.Storage;

namespace Aeos.Embedded.Reading;

/// <summary>One answer to a list.</summary>
/// <param name="Items">The objects, in the order of their keys.</param>
/// <param name="Revision">The revision that the list shows.</param>
/// <param name="Continue">The token of the next page; null at the end.</param>
/// <param name="Remaining">How many follow; null at the end, and where a selector makes it unknown.</param>
internal sealed record ListPage(IReadOnlyList<StoredObject> Items, long Revision, string? Continue, long? Remaining);
