using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>Messages of a backup or a restore, sorted by what they are about (Velero 1.18, pkg/util/results).</summary>
public sealed class ResultMessages
{
    /// <summary>About the work itself.</summary>
    public List<string> Velero { get; set; } = [];

    /// <summary>About items in no namespace.</summary>
    public List<string> Cluster { get; set; } = [];

    /// <summary>About items in namespaces, by namespace.</summary>
    public SortedDictionary<string, List<string>> Namespaces { get; set; } = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    [JsonIgnore]
    public int Count => Velero.Count + Cluster.Count + Namespaces.Values.Sum(messages => messages.Count);

    /// <summary>Adds a message about an item.</summary>
    /// <param name="namespace">The item's namespace; empty for items in none.</param>
    /// <param name="message">One line.</param>
    public void Add(string @namespace, string message)
    {
        if (@namespace.Length == 0)
        {
            Cluster.Add(message);
        }
        else if (Namespaces.TryGetValue(@namespace, out var messages))
        {
            messages.Add(message);
        }
        else
        {
            Namespaces.Add(@namespace, [message]);
        }
    }
}
