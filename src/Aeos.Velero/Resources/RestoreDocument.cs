using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Restore (<c>velero.io/v1</c>). Fields that are not known here stay as they came.</summary>
public sealed record RestoreDocument : IListedDocument
{
    /// <summary>The kind.</summary>
    public const string RestoreKind = "Restore";

    static string IListedDocument.ListKind => "RestoreList";

    /// <summary>The kind.</summary>
    public string Kind { get; set; } = RestoreKind;

    /// <summary>Group and version.</summary>
    public string ApiVersion { get; set; } = BackupDocument.VeleroVersion;

    /// <summary>Name, namespace, labels.</summary>
    public DocumentMetadata Metadata { get; set; } = new();

    /// <summary>What was asked for.</summary>
    public RestoreSpec Spec { get; set; } = new();

    /// <summary>What came of it.</summary>
    public RestoreStatus Status { get; set; } = new();

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>Reads a Restore's JSON.</summary>
    /// <param name="utf8">The object's content.</param>
    /// <param name="source">Its key, for the error.</param>
    /// <exception cref="AeosException">It is something else.</exception>
    public static RestoreDocument Parse(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, DocumentJson.Default.RestoreDocument) is { Kind: RestoreKind, Metadata: not null, Spec: not null, Status: not null } document
                ? document
                : throw NotARestore(source, null);
        }
        catch (JsonException e)
        {
            throw NotARestore(source, e);
        }
    }

    /// <summary>The document as JSON in UTF-8, on one line.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, DocumentJson.Default.RestoreDocument);

    private static AeosException NotARestore(string source, Exception? e) => new(
        $"\"{source}\" does not hold a Restore's JSON", "It was damaged or put there by something else: remove it.", e);
}
