using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores;

/// <summary>What a restore is to do, and how.</summary>
public sealed record RestoreOptions
{
    /// <summary>The restore's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is restored, and as what.</summary>
    public required RestoreSpec Spec { get; init; }

    /// <summary>Labels of the Restore.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations of the Restore.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>The Restore in the cluster, whose metadata and spec the record carries; null: there is none, and the record is made of what is here.</summary>
    public RestoreDocument? Resource { get; init; }

    /// <summary>The namespace that the server is in, or would be: config maps that the restore is told by are read there.</summary>
    public string Namespace { get; init; } = "velero";

    /// <summary>The order of types. Velero's <c>--restore-resource-priorities</c>.</summary>
    public ResourcePriorities Priorities { get; init; } = ResourcePriorities.Default;

    /// <summary>Whether each type is restored in the version that suits the cluster best. Velero's feature <c>EnableAPIGroupVersions</c>.</summary>
    public bool EnableApiGroupVersions { get; init; }

    /// <summary>Objects of one type that are written at once.</summary>
    public int Workers { get; init; } = 32;

    /// <summary>How long a namespace that is going away is waited for. Velero's <c>--terminating-resource-timeout</c>.</summary>
    public TimeSpan TerminatingTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a definition is waited for until it is served. Velero's <c>--resource-timeout</c>.</summary>
    public TimeSpan ResourceTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long objects are tried again that lack something: a service account, a webhook's pods.</summary>
    public TimeSpan DependencyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a cluster that went away is waited for.</summary>
    public TimeSpan ClusterTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The folder of the file that holds the archive, encrypted, while it is verified and applied; null: the system's for temporary files.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>The backup's name.</summary>
    internal string BackupName => Spec.BackupName ?? "";

    /// <summary>Namespaces that get another name.</summary>
    internal IReadOnlyDictionary<string, string> NamespaceMappings => Spec.NamespaceMapping ?? Nothing;

    /// <summary>Whether objects that are there and differ are changed to what the backup has.</summary>
    internal bool UpdateExisting => Spec.ExistingResourcePolicy == ExistingResourcePolicies.Update;

    /// <summary>Whether services keep the node ports that the old cluster gave them.</summary>
    internal bool PreserveNodePorts => Spec.PreserveNodePorts == true;

    private static Dictionary<string, string> Nothing { get; } = [];
}
