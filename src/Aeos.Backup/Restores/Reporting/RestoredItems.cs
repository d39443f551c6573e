using System.Collections.Concurrent;

namespace Aeos.Backup.Restores.Reporting;

/// <summary>What became of each object, for the resource list (Velero 1.18, pkg/restore/request.go). Safe to share between threads.</summary>
public sealed class RestoredItems
{
    /// <summary>It was created.</summary>
    public const string Created = "created";

    /// <summary>It was there and was changed.</summary>
    public const string Updated = "updated";

    /// <summary>It was there or is not restored.</summary>
    public const string Skipped = "skipped";

    /// <summary>It could not be restored, or is there and differs.</summary>
    public const string Failed = "failed";

    private readonly ConcurrentDictionary<(string Type, string Name), string> _items = new();

    /// <summary>How many objects there are.</summary>
    public int Count => _items.Count;

    /// <summary>How many of them came to this.</summary>
    /// <param name="action">One of the constants here.</param>
    public int CountOf(string action) => _items.Values.Count(value => value == action);

    /// <summary>Names with what became of them, by <c>VERSION/KIND</c>, in order.</summary>
    public SortedDictionary<string, IReadOnlyList<string>> ToLists()
    {
        var lists = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var type in _items.GroupBy(static item => item.Key.Type))
        {
            lists[type.Key] = [.. type.Select(static item => $"{item.Key.Name}({item.Value})").Order(StringComparer.Ordinal)];
        }

        return lists;
    }

    internal void Set(string apiVersion, string kind, string @namespace, string name, string action) =>
        _items[($"{apiVersion}/{kind}", @namespace.Length == 0 ? name : $"{@namespace}/{name}")] = action;
}
