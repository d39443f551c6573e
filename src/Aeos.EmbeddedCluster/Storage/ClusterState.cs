using Aeos.Embedded.Types;

namespace Aeos.Embedded.Storage;

/// <summary>
/// All objects, one revision counter, one gate: whoever reads more than one thing or writes holds the gate. Each change is handed to
/// the observers after it is done, in order, also when an observer's own change follows from it.
/// </summary>
internal sealed class ClusterState(int historyLength)
{
    private readonly Dictionary<string, Collection> _collections = [];
    private readonly Dictionary<Guid, (ResourceType Type, string Key)> _uids = [];
    private readonly Dictionary<Guid, HashSet<(ResourceType Type, string Key)>> _dependents = [];
    private readonly Queue<(ResourceType Type, Change Change)> _unobserved = [];
    private bool _observing;

    public Lock Gate { get; } = new();

    // Real servers are never at 1 when a client comes: a client that takes small numbers for special is found out.
    public long Revision { get; private set; } = 100;

    public List<Action<ResourceType, Change>> Observers { get; } = [];

    public Collection Of(ResourceType type)
    {
        if (!_collections.TryGetValue(type.Storage, out var collection))
        {
            _collections[type.Storage] = collection = new Collection(historyLength, Revision);
        }

        return collection;
    }

    public StoredObject? Find(ResourceType type, string? ns, string name) => Of(type).Find(StoredObject.KeyOf(ns, name));

    public bool Exists(Guid uid) => _uids.ContainsKey(uid);

    public (ResourceType Type, string Key)? Locate(Guid uid) => _uids.TryGetValue(uid, out var found) ? found : null;

    public IReadOnlyList<(ResourceType Type, string Key)> DependentsOf(Guid uid) =>
        _dependents.TryGetValue(uid, out var dependents) ? [.. dependents] : [];

    /// <summary>The objects of a namespace, in order; those of all namespaces when it is null.</summary>
    public IEnumerable<StoredObject> In(ResourceType type, string? ns)
    {
        var items = Of(type).Items;
        var (low, high) = ObjectRange.Of(items, ns);
        for (var i = low; i < high; i++)
        {
            yield return items[i];
        }
    }

    public long NextRevision() => ++Revision;

    public void Put(ResourceType type, StoredObject? before, StoredObject after)
    {
        if (before is not null)
        {
            Forget(type, before);
        }

        _uids[after.Uid] = (type, after.Key);
        foreach (var owner in after.Owners)
        {
            if (!_dependents.TryGetValue(owner, out var dependents))
            {
                _dependents[owner] = dependents = [];
            }

            dependents.Add((type, after.Key));
        }

        Append(type, new Change(before, after, after.Revision));
    }

    public void Remove(ResourceType type, StoredObject before)
    {
        Forget(type, before);
        var last = StoredObject.From(before.Read(), NextRevision());
        Append(type, new Change(before, last, last.Revision) { Deleted = true });
    }

    public void Compact()
    {
        var revision = NextRevision();
        foreach (var collection in _collections.Values)
        {
            collection.Compact(revision);
        }
    }

    private void Forget(ResourceType type, StoredObject before)
    {
        _uids.Remove(before.Uid);
        foreach (var owner in before.Owners)
        {
            if (_dependents.TryGetValue(owner, out var dependents) && dependents.Remove((type, before.Key)) && dependents.Count == 0)
            {
                _dependents.Remove(owner);
            }
        }
    }

    private void Append(ResourceType type, Change change)
    {
        Of(type).Append(change);
        _unobserved.Enqueue((type, change));
        if (_observing)
        {
            return;
        }

        _observing = true;
        try
        {
            while (_unobserved.TryDequeue(out var next))
            {
                foreach (var observer in Observers)
                {
                    observer(next.Type, next.Change);
                }
            }
        }
        finally
        {
            _observing = false;
        }
    }
}
