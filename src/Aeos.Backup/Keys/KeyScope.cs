using Aeos.Kubernetes;

namespace Aeos.Backup.Keys;

/// <summary>
/// Where keys may be read from. What a backup's document says of its key is a hint by whoever can write to the bucket: it can choose
/// among what is here and nothing else.
/// </summary>
public sealed record KeyScope
{
    /// <summary>The cluster whose Secrets may be read; null: none.</summary>
    public KubernetesClient? Cluster { get; init; }

    /// <summary>The one namespace whose Secrets may be read: the server's own.</summary>
    public string Namespace { get; init; } = "velero";

    /// <summary>The one folder whose files may be read; null: none.</summary>
    public string? KeyFolder { get; init; }
}
