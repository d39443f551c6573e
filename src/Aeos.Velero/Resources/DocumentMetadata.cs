using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>An object's metadata, in a document in the bucket.</summary>
public sealed record DocumentMetadata
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace of the server that made it.</summary>
    public string? Namespace { get; init; }

    /// <summary>The identity of the resource that asked for it.</summary>
    public string? Uid { get; init; }

    /// <summary>When it was asked for, RFC 3339.</summary>
    public string? CreationTimestamp { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
