using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Objects;

/// <summary>
/// An object as the server sent it: its UTF-8 JSON, untouched, with its head read out of it on first use. Unknown fields, the order of fields and
/// the way that numbers are written all stay. Immutable and safe to share between threads; the bytes belong to it.
/// </summary>
/// <param name="json">One JSON object in UTF-8. Whoever passes it does not change it any more.</param>
public sealed class KubernetesObject(ReadOnlyMemory<byte> json)
{
    private Head? _head;

    /// <summary>The object's JSON in UTF-8, as sent.</summary>
    public ReadOnlyMemory<byte> Json { get; } = json;

    /// <summary>Group and version, such as <c>apps/v1</c>; empty when absent.</summary>
    /// <exception cref="KubernetesException">The bytes are no JSON object.</exception>
    public string ApiVersion => GetHead().ApiVersion;

    /// <summary>The kind, such as <c>Deployment</c>; empty when absent.</summary>
    /// <exception cref="KubernetesException">The bytes are no JSON object.</exception>
    public string Kind => GetHead().Kind;

    /// <summary>The object's metadata.</summary>
    /// <exception cref="KubernetesException">The bytes are no JSON object.</exception>
    public ObjectMetadata Metadata => GetHead().Metadata;

    /// <summary>The object's name; empty when absent.</summary>
    public string Name => Metadata.Name;

    /// <summary>The object's namespace; empty for what is of the whole cluster.</summary>
    public string Namespace => Metadata.Namespace;

    /// <summary>A copy to change, one for each call: a tree of the whole object.</summary>
    /// <exception cref="KubernetesException">The bytes are no JSON object.</exception>
    public JsonObject ToTree()
    {
        try
        {
            return JsonNode.Parse(Json.Span, documentOptions: JsonLimits.Document) as JsonObject ?? throw new JsonException("not a JSON object");
        }
        catch (JsonException failure)
        {
            throw Malformed(failure);
        }
    }

    /// <summary>An object out of a tree; the tree may be changed afterwards.</summary>
    /// <param name="tree">The object.</param>
    public static KubernetesObject FromTree(JsonObject tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonLimits.Writer))
        {
            tree.WriteTo(writer);
        }

        return new KubernetesObject(buffer.WrittenMemory);
    }

    /// <summary>Kind, namespace and name: never content.</summary>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";

    private Head GetHead()
    {
        // Two threads may both read it, with the same outcome.
        if (_head is { } known)
        {
            return known;
        }

        try
        {
            var (apiVersion, kind, metadata) = MetadataReader.Read(Json.Span);
            return _head = new Head(apiVersion, kind, metadata);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Malformed(failure);
        }
    }

    private static KubernetesException Malformed(Exception failure)
        => new(
            "an object is not well-formed JSON",
            "Look at what the API server, or an aggregated one behind it, sends for this resource.", failure);

    private sealed record Head(string ApiVersion, string Kind, ObjectMetadata Metadata);
}
