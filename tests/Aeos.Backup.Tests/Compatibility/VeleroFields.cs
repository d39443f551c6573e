namespace Aeos.Backup.Tests.Compatibility;

/// <summary>The fields of Velero 1.18's specs (pkg/apis/velero/v1/backup_types.go and restore_types.go), without those of hooks.</summary>
internal static class VeleroFields
{
    public static readonly string[] Backup =
    [
        "metadata", "includedNamespaces", "excludedNamespaces", "includedResources", "excludedResources", "includedClusterScopedResources",
        "excludedClusterScopedResources", "includedNamespaceScopedResources", "excludedNamespaceScopedResources", "labelSelector", "orLabelSelectors",
        "snapshotVolumes", "ttl", "volumeGroupSnapshotLabelKey", "includeClusterResources", "hooks", "storageLocation", "volumeSnapshotLocations",
        "defaultVolumesToRestic", "defaultVolumesToFsBackup", "orderedResources", "csiSnapshotTimeout", "itemOperationTimeout", "resourcePolicy",
        "snapshotMoveData", "datamover", "uploaderConfig",
    ];

    public static readonly string[] Restore =
    [
        "backupName", "scheduleName", "includedNamespaces", "excludedNamespaces", "includedResources", "excludedResources", "namespaceMapping",
        "labelSelector", "orLabelSelectors", "restorePVs", "restoreStatus", "preserveNodePorts", "includeClusterResources", "hooks",
        "existingResourcePolicy", "itemOperationTimeout", "resourceModifier", "uploaderConfig",
    ];
}
