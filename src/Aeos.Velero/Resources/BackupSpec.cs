using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Backup's <c>spec</c>, as far as it is known here (Velero 1.18, pkg/apis/velero/v1/backup_types.go).</summary>
public sealed record BackupSpec
{
    /// <summary>Namespaces that are in it; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedNamespaces { get; set; }

    /// <summary>Namespaces that are not.</summary>
    public IReadOnlyList<string>? ExcludedNamespaces { get; set; }

    /// <summary>Types that are in it; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedResources { get; set; }

    /// <summary>Types that are not.</summary>
    public IReadOnlyList<string>? ExcludedResources { get; set; }

    /// <summary>Labels that items must have.</summary>
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>Several selectors, one of which an item must match.</summary>
    public IReadOnlyList<LabelSelector>? OrLabelSelectors { get; set; }

    /// <summary>Whether volumes are snapshotted; here always false.</summary>
    public bool? SnapshotVolumes { get; set; }

    /// <summary>How long it is kept, as Go writes durations (<c>720h0m0s</c>).</summary>
    public string? Ttl { get; set; }

    /// <summary>Whether items in no namespace are in it; absent: those that belong to what is.</summary>
    public bool? IncludeClusterResources { get; set; }

    /// <summary>The location's name.</summary>
    public string? StorageLocation { get; set; }

    /// <summary>Whether volumes are read through the pods' nodes.</summary>
    public bool? DefaultVolumesToFsBackup { get; set; }

    /// <summary>What is run in pods while they are backed up.</summary>
    public BackupHooks? Hooks { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
