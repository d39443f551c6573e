using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary><c>spec.encryption</c> of a Backup, which the proposal names as the alternative to the server's flags.</summary>
public sealed record BackupEncryptionSpec
{
    /// <summary>Whether it is encrypted; null: as the server does it. False is refused where the server requires encryption.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The Secret with the key, in the server's namespace; null: the server's.</summary>
    public string? SecretName { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>Reads the JSON of one.</summary>
    /// <returns>It; null when that is none.</returns>
    public static BackupEncryptionSpec? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DocumentJson.Default.BackupEncryptionSpec);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>It as JSON, on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Default.BackupEncryptionSpec);
}
