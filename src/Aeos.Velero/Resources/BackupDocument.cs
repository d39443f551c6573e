using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>
/// A Backup (<c>velero.io/v1</c>): what <c>velero-backup.json</c> holds. Fields that are not known here stay as they came.
/// </summary>
public sealed record BackupDocument : IListedDocument
{
    /// <summary>The kind.</summary>
    public const string BackupKind = "Backup";

    /// <summary>Group and version.</summary>
    public const string VeleroVersion = "velero.io/v1";

    /// <summary>The label with the name of the schedule that asked for a backup.</summary>
    public const string ScheduleLabel = "velero.io/schedule-name";

    static string IListedDocument.ListKind => "BackupList";

    /// <summary>The kind.</summary>
    public string Kind { get; set; } = BackupKind;

    /// <summary>Group and version.</summary>
    public string ApiVersion { get; set; } = VeleroVersion;

    /// <summary>Name, namespace, labels.</summary>
    public DocumentMetadata Metadata { get; set; } = new();

    /// <summary>What was asked for.</summary>
    public BackupSpec Spec { get; set; } = new();

    /// <summary>What came of it.</summary>
    public BackupStatus Status { get; set; } = new();

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>Reads <c>velero-backup.json</c>.</summary>
    /// <param name="utf8">The object's content.</param>
    /// <param name="source">Its key, for the error.</param>
    /// <exception cref="AeosException">It is not the JSON of a Backup.</exception>
    public static BackupDocument Parse(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, DocumentJson.Default.BackupDocument) is { Kind: BackupKind, Metadata: not null, Spec: not null, Status: not null } document
                ? document
                : throw NotABackup(source, null);
        }
        catch (JsonException e)
        {
            throw NotABackup(source, e);
        }
    }

    /// <summary>Whether a schedule asked for it.</summary>
    /// <param name="schedule">The schedule's name.</param>
    public bool IsOfSchedule(string schedule) => Metadata.Labels?.GetValueOrDefault(ScheduleLabel) == schedule;

    /// <summary>The document as JSON in UTF-8, on one line.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, DocumentJson.Default.BackupDocument);

    private static AeosException NotABackup(string source, Exception? e) => new(
        $"\"{source}\" does not hold a Backup's JSON", "It was damaged or put there by something else: take another backup, or remove this one.", e);
}
