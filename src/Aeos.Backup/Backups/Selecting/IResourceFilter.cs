using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Backups.Selecting;

/// <summary>Which types a backup has (Velero 1.18, IncludesExcludesInterface in pkg/util/collections).</summary>
internal interface IResourceFilter
{
    /// <summary>Whether all items of the type are in, as far as namespaces and labels let them.</summary>
    bool Includes(ApiResource type);

    /// <summary>Whether the type is out even for items that others take along.</summary>
    bool Excludes(ApiResource type);
}
