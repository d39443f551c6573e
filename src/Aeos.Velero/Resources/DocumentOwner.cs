using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>An owner of a resource: when it goes, so does the resource.</summary>
public sealed record DocumentOwner
{
    /// <summary>The owner's group and version.</summary>
    public string ApiVersion { get; set; } = "";

    /// <summary>The owner's kind.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The owner's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The owner's identity.</summary>
    public string Uid { get; set; } = "";

    /// <summary>Whether the owner manages it.</summary>
    public bool? Controller { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
