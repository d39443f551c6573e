using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Backup's <c>spec</c>, as far as it is known here (Velero 1.18, pkg/apis/velero/v1/backup_types.go).</summary>
public sealed record BackupSpec
{
    /// <summary>Namespaces that are in it; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedNamespaces { get; init; }

    /// <summary>Namespaces that are not.</summary>
    public IReadOnlyList<string>? ExcludedNamespaces { get; init; }

    /// <summary>Types that are in it; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedResources { get; init; }

    /// <summary>Types that are not.</summary>
    public IReadOnlyList<string>? ExcludedResources { get; init; }

    /// <summary>Labels that items must have.</summary>
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>Several selectors, one of which an item must match.</summary>
    public IReadOnlyList<LabelSelector>? OrLabelSelectors { get; init; }

    /// <summary>Whether volumes are snapshotted; here always false.</summary>
    public bool? SnapshotVolumes { get; init; }

    /// <summary>How long it is kept, as Go writes durations (<c>720h0m0s</c>).</summary>
    public string? Ttl { get; init; }

    /// <summary>Whether items in no namespace are in it; absent: those that belong to what is.</summary>
    public bool? IncludeClusterResources { get; init; }

    /// <summary>The location's name.</summary>
    public string? StorageLocation { get; init; }

    /// <summary>Whether volumes are read through the pods' nodes.</summary>
    public bool? DefaultVolumesToFsBackup { get; init; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
