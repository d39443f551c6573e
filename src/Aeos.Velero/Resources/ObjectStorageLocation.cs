using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>Where in a store objects are.</summary>
public sealed record ObjectStorageLocation
{
    /// <summary>The bucket, the container or the folder.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>What is before the keys.</summary>
    public string? Prefix { get; set; }

    /// <summary>Certificates to trust, PEM in base64.</summary>
    public string? CaCert { get; set; }

    /// <summary>The Secret's field that holds them.</summary>
    public SecretKeyReference? CaCertRef { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
