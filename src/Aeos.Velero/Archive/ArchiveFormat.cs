namespace Aeos.Velero.Archive;

/// <summary>Names in a backup's archive (Velero 1.18, pkg/apis/velero/v1/constants.go and pkg/backup/backup.go).</summary>
public static class ArchiveFormat
{
    /// <summary>The version that is written: 1.1.0 brought the folders of API versions.</summary>
    public const string Version = "1.1.0";

    /// <summary>The entry that holds the version and a newline.</summary>
    public const string VersionPath = "metadata/version";

    /// <summary>The folder of all items.</summary>
    public const string ResourcesFolder = "resources";

    /// <summary>The folder of a type's items that are in no namespace.</summary>
    public const string ClusterFolder = "cluster";

    /// <summary>The folder of a type's namespaces.</summary>
    public const string NamespacesFolder = "namespaces";

    /// <summary>What follows the version in the folder of the version that the cluster preferred.</summary>
    public const string PreferredSuffix = "-preferredversion";

    internal const string ItemEnding = ".json";
}
