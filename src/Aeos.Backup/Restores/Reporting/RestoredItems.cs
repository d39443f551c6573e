namespace Aeos.Backup.Restores.Reporting;

/// <summary>What became of each object, for the resource list (Velero 1.18, pkg/restore/request.go). Safe to share between threads.</summary>
public sealed class RestoredItems
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string ApiVersion, string Kind), Dictionary<(string Namespace, string Name), ItemAction>> _types = [];

    /// <summary>How many objects there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _types.Values.Sum(static items => items.Count);
            }
        }
    }

    /// <summary>How many of them came to this.</summary>
    public int CountOf(ItemAction action)
    {
        lock (_gate)
        {
            return _types.Values.Sum(items => items.Values.Count(value => value == action));
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
            return _types.TryGetValue((apiVersion, kind), out var items) && items.TryGetValue((@namespace, name), out var action) ? action : null;
        }
    }

    /// <summary>The types as <c>VERSION/KIND</c>, in order, each with its names and what became of them, in order: <c>ns/name(created)</c>.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Lists()
    {
        foreach (var (type, items) in _types.OrderBy(static type => $"{type.Key.ApiVersion}/{type.Key.Kind}", StringComparer.Ordinal))
        {
            yield return new($"{type.ApiVersion}/{type.Kind}", [.. items.Select(static item => Text(item.Key, item.Value)).Order(StringComparer.Ordinal)]);
        }
    }

    /// <summary>Takes an object up.</summary>
    /// <returns>False when it was taken up before.</returns>
    internal bool TryBegin(string apiVersion, string kind, string @namespace, string name)
    {
        lock (_gate)
        {
            return Of(apiVersion, kind).TryAdd((@namespace, name), ItemAction.Pending);
        }
    }

    internal void Set(string apiVersion, string kind, string @namespace, string name, ItemAction action)
    {
        lock (_gate)
        {
            Of(apiVersion, kind)[(@namespace, name)] = action;
        }
    }

    private Dictionary<(string Namespace, string Name), ItemAction> Of(string apiVersion, string kind)
    {
        if (!_types.TryGetValue((apiVersion, kind), out var items))
        {
            _types[(apiVersion, kind)] = items = [];
        }

        return items;
    }

    private static string Text((string Namespace, string Name) item, ItemAction action)
    {
        // Of what was begun and not ended nobody knows more than that it may be missing.
        var text = action switch { ItemAction.Created => "created", ItemAction.Updated => "updated", ItemAction.Skipped => "skipped", _ => "failed" };
        return item.Namespace.Length == 0 ? $"{item.Name}({text})" : $"{item.Namespace}/{item.Name}({text})";
    }
}
