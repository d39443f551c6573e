using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A DownloadRequest's <c>status</c>.</summary>
public sealed record DownloadRequestStatus
{
    /// <summary>The phase: see <see cref="DownloadRequestPhase"/>.</summary>
    public string? Phase { get; set; }

    /// <summary>Where the object is, until it expires.</summary>
    [JsonPropertyName("downloadURL")]
    public string? DownloadUrl { get; set; }

    /// <summary>When the address stops working, RFC 3339.</summary>
    public string? Expiration { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
