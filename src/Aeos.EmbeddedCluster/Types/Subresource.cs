using System.Collections.Immutable;

namespace Aeos.Embedded.Types;

/// <summary>A path below an object, as discovery names it.</summary>
internal sealed record Subresource(string Name, string Kind, ImmutableArray<string> Verbs)
{
    /// <summary>The group and version of what it takes and gives, where that differs from the object's.</summary>
    public (string Group, string Version)? Response { get; init; }
}
