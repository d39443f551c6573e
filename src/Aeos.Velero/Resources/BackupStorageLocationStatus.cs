using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A BackupStorageLocation's <c>status</c>.</summary>
public sealed record BackupStorageLocationStatus
{
    /// <summary>The phase: see <see cref="BackupStorageLocationPhase"/>.</summary>
    public string? Phase { get; set; }

    /// <summary>When backups in the bucket were last looked for, RFC 3339.</summary>
    public string? LastSyncedTime { get; set; }

    /// <summary>When it was last checked, RFC 3339.</summary>
    public string? LastValidationTime { get; set; }

    /// <summary>Why it is not available.</summary>
    public string? Message { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
