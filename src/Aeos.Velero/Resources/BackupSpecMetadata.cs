using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>What a Schedule's backups get in their metadata.</summary>
public sealed record BackupSpecMetadata
{
    /// <summary>Labels, in the place of those of the Schedule.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
