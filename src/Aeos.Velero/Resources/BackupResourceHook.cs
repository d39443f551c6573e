using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>One hook of a backup.</summary>
public sealed record BackupResourceHook
{
    /// <summary>A command to run in the pod.</summary>
    public ExecHook? Exec { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
