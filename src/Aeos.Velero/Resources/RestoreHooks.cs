using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Restore's <c>spec.hooks</c> (Velero 1.18, pkg/apis/velero/v1/restore_types.go): what is added to restored pods and run in them.</summary>
public sealed record RestoreHooks
{
    /// <summary>Hooks for single pods.</summary>
    public IReadOnlyList<RestoreResourceHookSpec>? Resources { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
