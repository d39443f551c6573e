using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Backup's <c>status</c>, as far as it is known here.</summary>
public sealed record BackupStatus
{
    /// <summary>The format's major version: 1.</summary>
    public int? Version { get; init; }

    /// <summary>The archive's version, such as <c>1.1.0</c>.</summary>
    public string? FormatVersion { get; init; }

    /// <summary>After when it may be deleted, RFC 3339.</summary>
    public string? Expiration { get; init; }

    /// <summary>The phase: see <see cref="BackupPhase"/>.</summary>
    public string? Phase { get; init; }

    /// <summary>When it began, RFC 3339.</summary>
    public string? StartTimestamp { get; init; }

    /// <summary>When it ended, RFC 3339.</summary>
    public string? CompletionTimestamp { get; init; }

    /// <summary>Warnings in the results.</summary>
    public int? Warnings { get; init; }

    /// <summary>Errors in the results.</summary>
    public int? Errors { get; init; }

    /// <summary>How many items there were.</summary>
    public BackupProgress? Progress { get; init; }

    /// <summary>How the archive is encrypted; null or not encrypted: it is not said to be.</summary>
    public EncryptionStatus? Encryption { get; init; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
