using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A ServerStatusRequest's <c>spec</c>, which is empty.</summary>
public sealed record ServerStatusRequestSpec
{
    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
