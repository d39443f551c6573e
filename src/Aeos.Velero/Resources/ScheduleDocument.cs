using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Schedule (<c>velero.io/v1</c>). Fields that are not known here stay as they came.</summary>
public sealed record ScheduleDocument : IListedDocument
{
    static string IListedDocument.ListKind => "ScheduleList";

    /// <summary>The kind.</summary>
    public string Kind { get; set; } = "Schedule";

    /// <summary>Group and version.</summary>
    public string ApiVersion { get; set; } = BackupDocument.VeleroVersion;

    /// <summary>Name, namespace, labels.</summary>
    public DocumentMetadata Metadata { get; set; } = new();

    /// <summary>What was asked for.</summary>
    public ScheduleSpec Spec { get; set; } = new();

    /// <summary>What came of it.</summary>
    public ScheduleStatus Status { get; set; } = new();

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>The document as JSON in UTF-8, on one line.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, DocumentJson.Default.ScheduleDocument);
}
