using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>An object's metadata, in a document in the bucket.</summary>
public sealed record DocumentMetadata
{
    /// <summary>The name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The namespace of the server that made it.</summary>
    public string? Namespace { get; set; }

    /// <summary>The identity of the resource that asked for it.</summary>
    public string? Uid { get; set; }

    /// <summary>When it was asked for, RFC 3339.</summary>
    public string? CreationTimestamp { get; set; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>Annotations.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; set; }

    /// <summary>The version of this state in its cluster; opaque.</summary>
    public string? ResourceVersion { get; set; }

    /// <summary>When it was asked to go, RFC 3339; null for one that stays.</summary>
    public string? DeletionTimestamp { get; set; }

    /// <summary>What has to be done before it may go.</summary>
    public IReadOnlyList<string>? Finalizers { get; set; }

    /// <summary>Who owns it.</summary>
    public IReadOnlyList<DocumentOwner>? OwnerReferences { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
