using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>An object of a backup or a restore.</summary>
public sealed record DownloadTarget
{
    /// <summary>The kind: see <see cref="DownloadTargetKind"/>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The backup's or the restore's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
