namespace Aeos.Backup.Restores.Modifying;

/// <summary>How a field merges.</summary>
/// <param name="Key">What tells a list's entries apart; empty: the entries themselves; null: the list is replaced as a whole.</param>
/// <param name="Shape">How the object, or each entry, merges.</param>
/// <param name="IsReplaced">Whether an object is replaced as a whole.</param>
internal sealed record MergeField(string? Key, MergeShape Shape, bool IsReplaced = false)
{
    /// <summary>The usual way.</summary>
    public static MergeField Plain { get; } = new(null, MergeShape.Plain);
}
