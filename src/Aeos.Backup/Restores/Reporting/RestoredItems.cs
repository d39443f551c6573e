using Aeos.Backup.Spool;

namespace Aeos.Backup.Restores.Reporting;

/// <summary>What became of each object, for the resource list (Velero 1.18, pkg/restore/request.go). Safe to share between threads.</summary>
public sealed class RestoredItems
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, SortedDictionary<string, NameTable<ItemAction>>> _types = new(StringComparer.Ordinal);

    /// <summary>How many objects there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return Tables.Sum(static items => items.Count);
            }
        }
    }

    private IEnumerable<NameTable<ItemAction>> Tables => _types.Values.SelectMany(static scopes => scopes.Values);

    /// <summary>How many of them came to this.</summary>
    public int CountOf(ItemAction action)
    {
        lock (_gate)
        {
            return Tables.Sum(items => Enumerable.Range(0, items.Count).Count(place => items[place] == action));
        }
    }

    /// <summary>What became of one object; null when it was not taken up.</summary>
    /// <param name="apiVersion">Group and version.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="namespace">The namespace that it was restored into; empty for none.</param>
    /// <param name="name">The name.</param>
    public ItemAction? Find(string apiVersion, string kind, string @namespace, string name)
    {
        lock (_gate)
        {
            return Of(apiVersion, kind, @namespace) is var items && items.Find(name) is var place and >= 0 ? items[place] : null;
        }
    }

    /// <summary>
    /// The types as <c>VERSION/KIND</c>, in order, each with its names and what became of them, in order: <c>ns/name(created)</c>. To be read once the restore has ended.
    /// </summary>
    public IEnumerable<KeyValuePair<string, IEnumerable<string>>> Lists()
        => _types.Where(static type => type.Value.Values.Any(static items => items.Count > 0))
            .Select(static type => KeyValuePair.Create(type.Key, type.Value.SelectMany(static scope => Texts(scope.Key, scope.Value))));

    /// <summary>Takes an object up.</summary>
    /// <returns>False when it was taken up before.</returns>
    internal bool TryBegin(string apiVersion, string kind, string @namespace, string name)
    {
        lock (_gate)
        {
            Of(apiVersion, kind, @namespace).FindOrAdd(name, out var isNew);
            return isNew;
        }
    }

    internal void Set(string apiVersion, string kind, string @namespace, string name, ItemAction action)
    {
        lock (_gate)
        {
            var items = Of(apiVersion, kind, @namespace);
            items[items.FindOrAdd(name, out _)] = action;
        }
    }

    private NameTable<ItemAction> Of(string apiVersion, string kind, string @namespace)
    {
        var (type, scope) = ($"{apiVersion}/{kind}", @namespace.Length == 0 ? "" : $"{@namespace}/");
        if (!_types.TryGetValue(type, out var scopes))
        {
            _types[type] = scopes = new(StringComparer.Ordinal);
        }

        if (!scopes.TryGetValue(scope, out var items))
        {
            scopes[scope] = items = new();
        }

        return items;
    }

    // One at a time: a list of all of them could be as large as the backup.
    private static IEnumerable<string> Texts(string scope, NameTable<ItemAction> items)
    {
        foreach (var place in items.Sorted())
        {
            // Of what was begun and not ended nobody knows more than that it may be missing.
            var text = items[place] switch { ItemAction.Created => "created", ItemAction.Updated => "updated", ItemAction.Skipped => "skipped", _ => "failed" };
            yield return $"{scope}{items.NameAt(place)}({text})";
        }
    }
}
