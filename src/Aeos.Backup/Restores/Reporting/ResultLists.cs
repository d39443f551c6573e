namespace Aeos.Backup.Restores.Reporting;

/// <summary>Messages by where they belong (Velero 1.18, pkg/util/results). Safe to share between threads.</summary>
public sealed class ResultLists
{
    private readonly Lock _gate = new();
    private readonly List<string> _velero = [];
    private readonly List<string> _cluster = [];
    private readonly SortedDictionary<string, List<string>> _namespaces = new(StringComparer.Ordinal);

    /// <summary>How many messages there are.</summary>
    public int Count { get; private set; }

    /// <summary>Of the restore itself.</summary>
    public IReadOnlyList<string> Velero => _velero;

    /// <summary>Of objects in no namespace.</summary>
    public IReadOnlyList<string> Cluster => _cluster;

    /// <summary>Of objects in namespaces.</summary>
    public IReadOnlyDictionary<string, List<string>> Namespaces => _namespaces;

    internal void AddVelero(string message) => Add(_velero, message);

    /// <param name="namespace">The namespace; empty for the cluster.</param>
    /// <param name="message">The message.</param>
    internal void Add(string @namespace, string message)
    {
        lock (_gate)
        {
            if (@namespace.Length == 0)
            {
                Add(_cluster, message);
                return;
            }

            if (!_namespaces.TryGetValue(@namespace, out var list))
            {
                _namespaces[@namespace] = list = [];
            }

            Add(list, message);
        }
    }

    private void Add(List<string> list, string message)
    {
        lock (_gate)
        {
            list.Add(message);
            Count++;
        }
    }
}
