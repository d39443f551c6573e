using System.Text.Json;

namespace Aeos.Velero.Resources;

/// <summary>Messages of a backup or a restore, sorted by what they are about (Velero 1.18, pkg/util/results). Adding is safe between threads.</summary>
public sealed class ResultMessages
{
    // A writer that holds this much is emptied.
    private const int FlushedBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MessageList> _namespaces = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>About the work itself.</summary>
    public MessageList Velero { get; } = new();

    /// <summary>About items in no namespace.</summary>
    public MessageList Cluster { get; } = new();

    /// <summary>About items in namespaces, by namespace.</summary>
    public IReadOnlyDictionary<string, MessageList> Namespaces => _namespaces;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a message about the work itself.</summary>
    /// <param name="message">One line.</param>
    public void AddVelero(string message)
    {
        lock (_gate)
        {
            Velero.Add(message);
            _count++;
        }
    }

    /// <summary>Adds a message about an item.</summary>
    /// <param name="namespace">The item's namespace; empty for items in none.</param>
    /// <param name="message">One line.</param>
    public void Add(string @namespace, string message)
    {
        ArgumentNullException.ThrowIfNull(@namespace);
        lock (_gate)
        {
            if (@namespace.Length > 0 && !_namespaces.ContainsKey(@namespace))
            {
                _namespaces.Add(@namespace, new MessageList());
            }

            (@namespace.Length == 0 ? Cluster : _namespaces[@namespace]).Add(message);
            _count++;
        }
    }

    internal async Task WriteAsync(Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        await WriteAsync(writer, "velero", Velero, cancellationToken).ConfigureAwait(false);
        await WriteAsync(writer, "cluster", Cluster, cancellationToken).ConfigureAwait(false);
        if (_namespaces.Count > 0)
        {
            writer.WriteStartObject("namespaces");
            foreach (var (name, messages) in _namespaces)
            {
                await WriteAsync(writer, name, messages, cancellationToken).ConfigureAwait(false);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    internal static ResultMessages Read(JsonElement element)
    {
        var read = new ResultMessages();
        foreach (var message in Messages(element, "velero"))
        {
            read.AddVelero(message);
        }

        foreach (var message in Messages(element, "cluster"))
        {
            read.Add("", message);
        }

        if (element.TryGetProperty("namespaces", out var namespaces) && namespaces.ValueKind == JsonValueKind.Object)
        {
            foreach (var (name, message) in namespaces.EnumerateObject().SelectMany(pair => Messages(namespaces, pair.Name).Select(message => (pair.Name, message))))
            {
                read.Add(name, message);
            }
        }

        return read;
    }

    private static IEnumerable<string> Messages(JsonElement element, string name)
        => element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!) : [];

    // As Go's omitempty has it.
    private static async Task WriteAsync(Utf8JsonWriter writer, string name, MessageList messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var message in messages)
        {
            writer.WriteStringValue(message);
            if (writer.BytesPending > FlushedBytes)
            {
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        writer.WriteEndArray();
    }
}
