namespace Aeos.Embedded.Storage;

/// <summary>
/// One event of a collection, and the way to the next: a watcher that holds one loses nothing after it, however short the history is.
/// </summary>
internal sealed class Change(StoredObject? before, StoredObject? after, long revision)
{
    /// <summary>Null when the object was created.</summary>
    public StoredObject? Before { get; } = before;

    /// <summary>The new state; of a deletion the last state, under the revision of the deletion.</summary>
    public StoredObject? After { get; } = after;

    public bool Deleted { get; init; }

    public long Revision { get; } = revision;

    public Change? Next { get; set; }
}
