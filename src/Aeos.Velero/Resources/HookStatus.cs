using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>What became of the hooks, in a Backup's or a Restore's <c>status.hookStatus</c>.</summary>
public sealed record HookStatus
{
    /// <summary>Hooks that applied to a pod; absent: none.</summary>
    public int? HooksAttempted { get; set; }

    /// <summary>Those of them that failed or could not be run; absent: none.</summary>
    public int? HooksFailed { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
