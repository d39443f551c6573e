namespace Aeos.Backup.Restores;

/// <summary>What a restore is to do: Velero's <c>spec</c> of a Restore, as far as it is known here.</summary>
public sealed record RestoreOptions
{
    /// <summary>The restore's name.</summary>
    public required string Name { get; init; }

    /// <summary>The backup's name.</summary>
    public required string BackupName { get; init; }

    /// <summary>Namespaces of the backup that are restored; empty or <c>*</c>: all. Patterns with <c>*</c> and <c>?</c> are allowed.</summary>
    public IReadOnlyList<string> IncludedNamespaces { get; init; } = [];

    /// <summary>Namespaces that are not.</summary>
    public IReadOnlyList<string> ExcludedNamespaces { get; init; } = [];

    /// <summary>Types that are restored, in any form that the cluster knows; empty or <c>*</c>: all.</summary>
    public IReadOnlyList<string> IncludedResources { get; init; } = [];

    /// <summary>Types that are not.</summary>
    public IReadOnlyList<string> ExcludedResources { get; init; } = [];

    /// <summary>Namespaces that get another name: from the backup's to the cluster's.</summary>
    public IReadOnlyDictionary<string, string> NamespaceMappings { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels that items must have, in kubectl's notation; null: any.</summary>
    public string? Selector { get; init; }

    /// <summary>Whether objects in no namespace are restored; null: when all namespaces are.</summary>
    public bool? IncludeClusterResources { get; init; }

    /// <summary>Whether objects that are there and differ are changed to what the backup has (<c>update</c>), or left with a warning.</summary>
    public bool UpdateExisting { get; init; }

    /// <summary>Whether services keep the node ports that the old cluster gave them.</summary>
    public bool PreserveNodePorts { get; init; }

    /// <summary>Objects of one type that are written at once.</summary>
    public int Workers { get; init; } = 32;

    /// <summary>How long a namespace that is going away is waited for. Velero's <c>--terminating-resource-timeout</c>.</summary>
    public TimeSpan TerminatingTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a definition is waited for until it is served. Velero's <c>--resource-timeout</c>.</summary>
    public TimeSpan ResourceTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The folder of the file that holds the archive, encrypted, while it is verified and applied; null: the system's for temporary files.</summary>
    public string? SpoolFolder { get; init; }
}
