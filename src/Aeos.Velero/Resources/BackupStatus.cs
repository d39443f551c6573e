using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Backup's <c>status</c>, as far as it is known here.</summary>
public sealed record BackupStatus
{
    /// <summary>The format's major version: 1.</summary>
    public int? Version { get; set; }

    /// <summary>The archive's version, such as <c>1.1.0</c>.</summary>
    public string? FormatVersion { get; set; }

    /// <summary>After when it may be deleted, RFC 3339.</summary>
    public string? Expiration { get; set; }

    /// <summary>The phase: see <see cref="BackupPhase"/>.</summary>
    public string? Phase { get; set; }

    /// <summary>Its place among those that wait; null: it does not wait.</summary>
    public int? QueuePosition { get; set; }

    /// <summary>Why what was asked for is not possible.</summary>
    public IReadOnlyList<string>? ValidationErrors { get; set; }

    /// <summary>Why it did not run to its end.</summary>
    public string? FailureReason { get; set; }

    /// <summary>When it began, RFC 3339.</summary>
    public string? StartTimestamp { get; set; }

    /// <summary>When it ended, RFC 3339.</summary>
    public string? CompletionTimestamp { get; set; }

    /// <summary>Warnings in the results.</summary>
    public int? Warnings { get; set; }

    /// <summary>Errors in the results.</summary>
    public int? Errors { get; set; }

    /// <summary>How many items there were.</summary>
    public BackupProgress? Progress { get; set; }

    /// <summary>How the archive is encrypted; null or not encrypted: it is not said to be.</summary>
    public EncryptionStatus? Encryption { get; set; }

    /// <summary>What became of the hooks.</summary>
    public HookStatus? HookStatus { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
