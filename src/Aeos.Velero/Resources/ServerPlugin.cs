using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>Something that a server can use.</summary>
public sealed record ServerPlugin
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its kind, such as <c>ObjectStore</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
