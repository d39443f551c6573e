using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A BackupStorageLocation (<c>velero.io/v1</c>). Fields that are not known here stay as they came.</summary>
public sealed record BackupStorageLocationDocument : IListedDocument
{
    static string IListedDocument.ListKind => "BackupStorageLocationList";

    /// <summary>The kind.</summary>
    public string Kind { get; set; } = "BackupStorageLocation";

    /// <summary>Group and version.</summary>
    public string ApiVersion { get; set; } = BackupDocument.VeleroVersion;

    /// <summary>Name, namespace, labels.</summary>
    public DocumentMetadata Metadata { get; set; } = new();

    /// <summary>What was asked for.</summary>
    public BackupStorageLocationSpec Spec { get; set; } = new();

    /// <summary>What came of it.</summary>
    public BackupStorageLocationStatus Status { get; set; } = new();

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>The document as JSON in UTF-8, on one line.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, DocumentJson.Default.BackupStorageLocationDocument);
}
