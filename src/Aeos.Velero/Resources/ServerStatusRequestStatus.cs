using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A ServerStatusRequest's <c>status</c>.</summary>
public sealed record ServerStatusRequestStatus
{
    /// <summary>The phase: see <see cref="ServerStatusRequestPhase"/>.</summary>
    public string? Phase { get; set; }

    /// <summary>When it was answered, RFC 3339.</summary>
    public string? ProcessedTimestamp { get; set; }

    /// <summary>The server's version.</summary>
    public string? ServerVersion { get; set; }

    /// <summary>What the server can use.</summary>
    public IReadOnlyList<ServerPlugin>? Plugins { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
