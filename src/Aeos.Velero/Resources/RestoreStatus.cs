using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Restore's <c>status</c> (Velero 1.18, pkg/apis/velero/v1/restore_types.go).</summary>
public sealed record RestoreStatus
{
    /// <summary>The phase: see <see cref="RestorePhase"/>.</summary>
    public string? Phase { get; set; }

    /// <summary>Why what was asked for is not possible.</summary>
    public IReadOnlyList<string>? ValidationErrors { get; set; }

    /// <summary>Warnings in the results.</summary>
    public int? Warnings { get; set; }

    /// <summary>Errors in the results.</summary>
    public int? Errors { get; set; }

    /// <summary>Why the restore did not run to its end.</summary>
    public string? FailureReason { get; set; }

    /// <summary>When it began, RFC 3339.</summary>
    public string? StartTimestamp { get; set; }

    /// <summary>When it ended, RFC 3339.</summary>
    public string? CompletionTimestamp { get; set; }

    /// <summary>How many objects there were.</summary>
    public RestoreProgressStatus? Progress { get; set; }

    /// <summary>How its hooks went.</summary>
    public HookStatus? HookStatus { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
