using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A DownloadRequest's <c>spec</c>.</summary>
public sealed record DownloadRequestSpec
{
    /// <summary>What is to be downloaded.</summary>
    public DownloadTarget Target { get; set; } = new();

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
