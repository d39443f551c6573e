using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A DeleteBackupRequest's <c>spec</c>.</summary>
public sealed record DeleteBackupRequestSpec
{
    /// <summary>The backup.</summary>
    public string BackupName { get; set; } = "";

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
