using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Schedule's <c>status</c>.</summary>
public sealed record ScheduleStatus
{
    /// <summary>The phase: see <see cref="SchedulePhase"/>.</summary>
    public string? Phase { get; set; }

    /// <summary>When its last backup was made, RFC 3339.</summary>
    public string? LastBackup { get; set; }

    /// <summary>When a backup was last skipped, RFC 3339.</summary>
    public string? LastSkipped { get; set; }

    /// <summary>Why it is not possible.</summary>
    public IReadOnlyList<string>? ValidationErrors { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
