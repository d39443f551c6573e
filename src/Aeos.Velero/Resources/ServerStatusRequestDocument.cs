using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A ServerStatusRequest (<c>velero.io/v1</c>). Fields that are not known here stay as they came.</summary>
public sealed record ServerStatusRequestDocument : IResourceDocument
{
    /// <summary>The kind.</summary>
    public string Kind { get; set; } = "ServerStatusRequest";

    /// <summary>Group and version.</summary>
    public string ApiVersion { get; set; } = BackupDocument.VeleroVersion;

    /// <summary>Name, namespace, labels.</summary>
    public DocumentMetadata Metadata { get; set; } = new();

    /// <summary>What was asked for.</summary>
    public ServerStatusRequestSpec Spec { get; set; } = new();

    /// <summary>What came of it.</summary>
    public ServerStatusRequestStatus Status { get; set; } = new();

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
