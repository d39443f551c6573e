using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Backup's <c>spec</c>, each field of it (Velero 1.18, pkg/apis/velero/v1/backup_types.go).</summary>
public sealed record BackupSpec
{
    /// <summary>What the backups of a Schedule get in their metadata; a Backup of its own does not look at it.</summary>
    public BackupSpecMetadata? Metadata { get; set; }

    /// <summary>Namespaces that are in it; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedNamespaces { get; set; }

    /// <summary>Namespaces that are not.</summary>
    public IReadOnlyList<string>? ExcludedNamespaces { get; set; }

    /// <summary>Types that are in it; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedResources { get; set; }

    /// <summary>Types that are not.</summary>
    public IReadOnlyList<string>? ExcludedResources { get; set; }

    /// <summary>Types without namespaces that are in it; absent: those that belong to what is. Not together with the older lists of types.</summary>
    public IReadOnlyList<string>? IncludedClusterScopedResources { get; set; }

    /// <summary>Types without namespaces that are not; <c>*</c>: none is.</summary>
    public IReadOnlyList<string>? ExcludedClusterScopedResources { get; set; }

    /// <summary>Types with namespaces that are in it; absent or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedNamespaceScopedResources { get; set; }

    /// <summary>Types with namespaces that are not; <c>*</c>: none is.</summary>
    public IReadOnlyList<string>? ExcludedNamespaceScopedResources { get; set; }

    /// <summary>Labels that items must have.</summary>
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>Several selectors, one of which an item must match.</summary>
    public IReadOnlyList<LabelSelector>? OrLabelSelectors { get; set; }

    /// <summary>Whether volumes are snapshotted; here always false.</summary>
    public bool? SnapshotVolumes { get; set; }

    /// <summary>How long it is kept, as Go writes durations (<c>720h0m0s</c>).</summary>
    public string? Ttl { get; set; }

    /// <summary>The label that groups claims whose volumes are snapshotted together.</summary>
    public string? VolumeGroupSnapshotLabelKey { get; set; }

    /// <summary>Whether items in no namespace are in it; absent: those that belong to what is.</summary>
    public bool? IncludeClusterResources { get; set; }

    /// <summary>The location's name.</summary>
    public string? StorageLocation { get; set; }

    /// <summary>Where snapshots of volumes are kept.</summary>
    public IReadOnlyList<string>? VolumeSnapshotLocations { get; set; }

    /// <summary>The old name of <see cref="DefaultVolumesToFsBackup"/>.</summary>
    public bool? DefaultVolumesToRestic { get; set; }

    /// <summary>Whether volumes are read through the pods' nodes.</summary>
    public bool? DefaultVolumesToFsBackup { get; set; }

    /// <summary>Items that come first, by the plural of their type: names with commas between, <c>NAMESPACE/NAME</c> or <c>NAME</c>.</summary>
    public IReadOnlyDictionary<string, string>? OrderedResources { get; set; }

    /// <summary>How long a CSI snapshot is waited for, as Go writes durations.</summary>
    public string? CsiSnapshotTimeout { get; set; }

    /// <summary>How long operations of plugins are waited for, as Go writes durations.</summary>
    public string? ItemOperationTimeout { get; set; }

    /// <summary>The config map with resource policies.</summary>
    public ResourceReference? ResourcePolicy { get; set; }

    /// <summary>Whether the data of snapshots is copied into the bucket.</summary>
    public bool? SnapshotMoveData { get; set; }

    /// <summary>What copies it.</summary>
    public string? Datamover { get; set; }

    /// <summary>How files of volumes are read.</summary>
    public BackupUploaderConfig? UploaderConfig { get; set; }

    /// <summary>What is run in pods while they are backed up.</summary>
    public BackupHooks? Hooks { get; set; }

    /// <summary>Whether it is encrypted, where that differs from what the server does (the proposal's alternative; no field of Velero's).</summary>
    public BackupEncryptionSpec? Encryption { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
