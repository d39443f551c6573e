using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A field of a Secret.</summary>
public sealed record SecretKeyReference
{
    /// <summary>The Secret's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The field.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whether it may be absent.</summary>
    public bool? Optional { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
