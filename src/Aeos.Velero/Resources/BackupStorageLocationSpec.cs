using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A BackupStorageLocation's <c>spec</c> (Velero 1.18, pkg/apis/velero/v1/backupstoragelocation_types.go).</summary>
public sealed record BackupStorageLocationSpec
{
    /// <summary>The provider, such as <c>aeos.io/azure</c>.</summary>
    public string Provider { get; set; } = "";

    /// <summary>The provider's settings.</summary>
    public IReadOnlyDictionary<string, string>? Config { get; set; }

    /// <summary>The Secret's field that holds the credentials file.</summary>
    public SecretKeyReference? Credential { get; set; }

    /// <summary>The bucket and what is before the keys.</summary>
    public ObjectStorageLocation? ObjectStorage { get; set; }

    /// <summary>Whether backups that name no location go here.</summary>
    public bool? Default { get; set; }

    /// <summary><c>ReadWrite</c>, which absence means, or <c>ReadOnly</c>.</summary>
    public string? AccessMode { get; set; }

    /// <summary>How often backups in the bucket are looked for, a Go duration; null: as the server has it; zero: never.</summary>
    public string? BackupSyncPeriod { get; set; }

    /// <summary>How often the location is checked, a Go duration; null: as the server has it; zero: never.</summary>
    public string? ValidationFrequency { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
