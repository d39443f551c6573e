using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A DeleteBackupRequest's <c>status</c>.</summary>
public sealed record DeleteBackupRequestStatus
{
    /// <summary>The phase: see <see cref="DeleteBackupRequestPhase"/>.</summary>
    public string? Phase { get; set; }

    /// <summary>What failed.</summary>
    public IReadOnlyList<string>? Errors { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
