namespace Aeos.Velero.Layout;

/// <summary>
/// The keys of one backup's objects, relative to the location's prefix, as Velero 1.18 has them (pkg/persistence/object_store_layout.go).
/// All but <see cref="Document"/> are gzip.
/// </summary>
/// <param name="name">The backup's name.</param>
public sealed class BackupKeys(string name)
{
    /// <summary>What all backups' keys begin with.</summary>
    public const string Root = "backups/";

    private const string DocumentName = "velero-backup.json";

    /// <summary>The backup's name.</summary>
    public string Name { get; } = name;

    /// <summary>What the keys of this backup begin with.</summary>
    public string Folder => $"{Root}{Name}/";

    /// <summary>The archive.</summary>
    public string Archive => $"{Folder}{Name}.tar.gz";

    /// <summary>The Backup resource, JSON: written last, so that a backup without it is not complete.</summary>
    public string Document => Folder + DocumentName;

    /// <summary>The log, lines of text.</summary>
    public string Logs => $"{Folder}{Name}-logs.gz";

    /// <summary>Errors and warnings, JSON.</summary>
    public string Results => $"{Folder}{Name}-results.gz";

    /// <summary>Names by type, JSON.</summary>
    public string ResourceList => $"{Folder}{Name}-resource-list.json.gz";

    /// <summary>Asynchronous operations of plugins, a JSON array.</summary>
    public string ItemOperations => $"{Folder}{Name}-itemoperations.json.gz";

    /// <summary>PodVolumeBackups, a JSON array.</summary>
    public string PodVolumeBackups => $"{Folder}{Name}-podvolumebackups.json.gz";

    /// <summary>Native snapshots, a JSON array.</summary>
    public string VolumeSnapshots => $"{Folder}{Name}-volumesnapshots.json.gz";

    /// <summary>What became of each volume, a JSON array.</summary>
    public string VolumeInfo => $"{Folder}{Name}-volumeinfo.json.gz";

    /// <summary>VolumeSnapshots of CSI, a JSON array.</summary>
    public string CsiVolumeSnapshots => $"{Folder}{Name}-csi-volumesnapshots.json.gz";

    /// <summary>VolumeSnapshotContents of CSI, a JSON array.</summary>
    public string CsiVolumeSnapshotContents => $"{Folder}{Name}-csi-volumesnapshotcontents.json.gz";

    /// <summary>VolumeSnapshotClasses of CSI, a JSON array.</summary>
    public string CsiVolumeSnapshotClasses => $"{Folder}{Name}-csi-volumesnapshotclasses.json.gz";
}
