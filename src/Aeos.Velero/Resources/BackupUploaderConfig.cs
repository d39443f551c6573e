using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>How files of volumes are read.</summary>
public sealed record BackupUploaderConfig
{
    /// <summary>Files that are read at once.</summary>
    public int? ParallelFilesUpload { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
