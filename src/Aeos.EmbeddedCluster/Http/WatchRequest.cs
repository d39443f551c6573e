using Aeos.Embedded.Selection;

namespace Aeos.Embedded.Http;

/// <summary>What a watch asks for.</summary>
/// <param name="Selection">Which objects.</param>
/// <param name="After">The revision that the client has seen; null or 0 for: begin with what is there.</param>
/// <param name="Bookmarks">Whether bookmarks are wanted.</param>
/// <param name="InitialEvents">Whether what is there comes first, and a bookmark that says that it was all.</param>
/// <param name="Timeout">After which time the server ends it; null for never.</param>
internal sealed record WatchRequest(ObjectSelection Selection, long? After, bool Bookmarks, bool InitialEvents, TimeSpan? Timeout);
