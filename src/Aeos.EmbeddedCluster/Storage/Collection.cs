using System.Collections.Immutable;
using Aeos.Embedded.Errors;

namespace Aeos.Embedded.Storage;

/// <summary>
/// All objects of one storage with their recent history. The set is persistent (old versions share its nodes with new ones): that is what
/// makes a consistent list over many pages cheap. Everything here is called under the state's gate.
/// </summary>
internal sealed class Collection
{
    private const int KeptSnapshots = 256;

    private static readonly ImmutableSortedSet<StoredObject> Empty = ImmutableSortedSet.Create<StoredObject>(KeyOrder.Instance);

    private readonly SortedDictionary<long, ImmutableSortedSet<StoredObject>> _snapshots = [];
    private readonly int _historyLength;
    private Change _head;
    private int _length;
    private long _lastRevision;
    private TaskCompletionSource? _waiters;

    /// <summary>Makes an empty collection.</summary>
    /// <param name="historyLength">How many changes a watch can go back.</param>
    /// <param name="revision">The revision of now.</param>
    public Collection(int historyLength, long revision)
    {
        _historyLength = historyLength;
        _head = Tail = new Change(null, null, revision);
        CompactedAt = _lastRevision = revision;
    }

    public ImmutableSortedSet<StoredObject> Items { get; private set; } = Empty;

    /// <summary>The newest change: a watch from now on begins after it.</summary>
    public Change Tail { get; private set; }

    /// <summary>The oldest revision that a watch can begin from.</summary>
    public long CompactedAt { get; private set; }

    public StoredObject? Find(string key) => Items.TryGetValue(StoredObject.Probe(key), out var found) ? found : null;

    public void Append(Change change)
    {
        if (change.Before is not null)
        {
            Items = Items.Remove(change.Before);
        }

        if (!change.Deleted)
        {
            Items = Items.Add(change.After!);
        }

        Tail.Next = change;
        Tail = change;
        _lastRevision = change.Revision;
        if (++_length > _historyLength)
        {
            _head = _head.Next!;
            CompactedAt = Math.Max(CompactedAt, _head.Revision);
            _length--;
        }

        _waiters?.TrySetResult();
        _waiters = null;
    }

    /// <summary>The change after which a watch that has seen everything up to the revision goes on.</summary>
    /// <exception cref="ApiError">410: what follows the revision is no longer known.</exception>
    public Change ResumeAfter(long revision)
    {
        if (revision < CompactedAt)
        {
            throw ApiError.Expired($"too old resource version: {revision} ({CompactedAt})");
        }

        var at = _head;
        while (at.Next is { } next && next.Revision <= revision)
        {
            at = next;
        }

        return at;
    }

    /// <summary>Ends when something follows the change.</summary>
    public Task WaitAfter(Change change)
    {
        if (change.Next is not null)
        {
            return Task.CompletedTask;
        }

        _waiters ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiters.Task;
    }

    /// <summary>Keeps the objects as they are for the pages to come.</summary>
    public void Keep(long revision, ImmutableSortedSet<StoredObject> items)
    {
        _snapshots[revision] = items;
        if (_snapshots.Count > KeptSnapshots)
        {
            _snapshots.Remove(_snapshots.Keys.First());
        }
    }

    /// <summary>The objects at an earlier revision; null when it is no longer known.</summary>
    public ImmutableSortedSet<StoredObject>? At(long revision)
    {
        if (revision < CompactedAt)
        {
            return null;
        }

        return revision >= _lastRevision ? Items : _snapshots.GetValueOrDefault(revision);
    }

    public void Compact(long revision)
    {
        _snapshots.Clear();
        _head = Tail;
        _length = 0;
        CompactedAt = revision;
    }
}
