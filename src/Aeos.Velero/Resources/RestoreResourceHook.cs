using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>One hook of a restore.</summary>
public sealed record RestoreResourceHook
{
    /// <summary>A command to run once the container runs.</summary>
    public ExecRestoreHook? Exec { get; set; }

    /// <summary>Containers to run before the pod's own.</summary>
    public InitRestoreHook? Init { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
