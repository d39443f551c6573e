using Aeos.Embedded.Selection;

namespace Aeos.Embedded.Reading;

/// <summary>What a list asks for.</summary>
/// <param name="Selection">Which objects.</param>
/// <param name="Limit">The length of a page; 0 for all.</param>
/// <param name="Continue">The token of the page before.</param>
/// <param name="ResourceVersion">The revision asked for; null for the newest.</param>
/// <param name="Exact">Whether that very revision is meant, not one at least as new.</param>
internal sealed record ListRequest(ObjectSelection Selection, int Limit, string? Continue, long? ResourceVersion, bool Exact);
