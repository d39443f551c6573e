namespace Aeos.Velero.Layout;

/// <summary>
/// The keys of one restore's objects, relative to the location's prefix, as Velero 1.18 has them (pkg/persistence/object_store_layout.go), and
/// one more, <see cref="Document"/>. All but that one are gzip.
/// </summary>
/// <param name="name">The restore's name.</param>
public sealed class RestoreKeys(string name)
{
    /// <summary>What all restores' keys begin with.</summary>
    public const string Root = "restores/";

    /// <summary>The restore's name.</summary>
    public string Name { get; } = name;

    /// <summary>What the keys of this restore begin with.</summary>
    public string Folder => $"{Root}{Name}/";

    /// <summary>The Restore resource, JSON: written last. Velero keeps it in the cluster alone.</summary>
    public string Document => $"{Folder}velero-restore.json";

    /// <summary>The log, lines of text.</summary>
    public string Logs => $"{Folder}restore-{Name}-logs.gz";

    /// <summary>Errors and warnings, JSON.</summary>
    public string Results => $"{Folder}restore-{Name}-results.gz";

    /// <summary>Names by type with what became of them, JSON.</summary>
    public string ResourceList => $"{Folder}restore-{Name}-resource-list.json.gz";

    /// <summary>Asynchronous operations of plugins, a JSON array.</summary>
    public string ItemOperations => $"{Folder}restore-{Name}-itemoperations.json.gz";

    /// <summary>What became of each volume, a JSON array.</summary>
    public string VolumeInfo => $"{Folder}{Name}-volumeinfo.json.gz";
}
