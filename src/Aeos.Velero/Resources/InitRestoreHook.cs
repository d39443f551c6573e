using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>Init containers that a restore adds to pods.</summary>
public sealed record InitRestoreHook
{
    /// <summary>The containers, as a pod's <c>initContainers</c> have them; each needs <c>name</c>, <c>image</c> and <c>command</c>.</summary>
    public IReadOnlyList<JsonElement>? InitContainers { get; set; }

    /// <summary>As Go writes durations. Velero knows the field and does not use it.</summary>
    public string? Timeout { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
