using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aeos.Velero.Resources;

/// <summary>A Restore's <c>spec</c> (Velero 1.18, pkg/apis/velero/v1/restore_types.go).</summary>
public sealed record RestoreSpec
{
    /// <summary>The backup.</summary>
    public string? BackupName { get; set; }

    /// <summary>The schedule whose newest completed backup is restored, where no backup is named.</summary>
    public string? ScheduleName { get; set; }

    /// <summary>Namespaces of the backup that are restored; absent, empty or <c>*</c>: all. Patterns with <c>*</c>, <c>?</c> and <c>[abc]</c> are allowed.</summary>
    public IReadOnlyList<string>? IncludedNamespaces { get; set; }

    /// <summary>Namespaces that are not.</summary>
    public IReadOnlyList<string>? ExcludedNamespaces { get; set; }

    /// <summary>Types that are restored, in any form that the cluster knows; absent, empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? IncludedResources { get; set; }

    /// <summary>Types that are not.</summary>
    public IReadOnlyList<string>? ExcludedResources { get; set; }

    /// <summary>Namespaces that get another name: from the backup's to the cluster's.</summary>
    public IReadOnlyDictionary<string, string>? NamespaceMapping { get; set; }

    /// <summary>Labels that objects must have.</summary>
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>Several selectors, one of which an object must match.</summary>
    public IReadOnlyList<LabelSelector>? OrLabelSelectors { get; set; }

    /// <summary>Whether volumes are restored from snapshots.</summary>
    [JsonPropertyName("restorePVs")]
    public bool? RestorePVs { get; set; }

    /// <summary>Types whose status is restored; absent: none.</summary>
    public RestoreStatusSpec? RestoreStatus { get; set; }

    /// <summary>Whether services keep the node ports that the old cluster gave them.</summary>
    public bool? PreserveNodePorts { get; set; }

    /// <summary>Whether objects in no namespace are restored; absent: when all namespaces are.</summary>
    public bool? IncludeClusterResources { get; set; }

    /// <summary>What is run in restored pods.</summary>
    public RestoreHooks? Hooks { get; set; }

    /// <summary>What is done with objects that are there and differ: see <see cref="ExistingResourcePolicies"/>; absent: a warning.</summary>
    public string? ExistingResourcePolicy { get; set; }

    /// <summary>How long operations of plugins are waited for, as Go writes durations.</summary>
    public string? ItemOperationTimeout { get; set; }

    /// <summary>The config map with changes that are made to objects before they are restored.</summary>
    public ResourceReference? ResourceModifier { get; set; }

    /// <summary>How volumes' data is written.</summary>
    public RestoreUploaderConfig? UploaderConfig { get; set; }

    /// <summary>Fields that are not known here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
