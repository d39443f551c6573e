using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>What a backup is to be.</summary>
public sealed record BackupRequest
{
    /// <summary>The name: a DNS subdomain, as Kubernetes has it for resources.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that the backup server is in, or would be: key Secrets in it are never backed up.</summary>
    public string Namespace { get; init; } = "velero";

    /// <summary>What is in it.</summary>
    public BackupSpec Spec { get; init; } = new();

    /// <summary>Labels of the Backup.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations of the Backup.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>How long it is kept when its spec says nothing.</summary>
    public TimeSpan DefaultTtl { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether each version of a type that the server has is backed up, as with Velero's feature EnableAPIGroupVersions; else the one that it prefers.</summary>
    public bool AllApiVersions { get; init; }

    /// <summary>How it is encrypted; null: not at all, which nobody gets by mistake: <see cref="BackupEncryption"/>'s errors end the work.</summary>
    public BackupEncryption? Encryption { get; init; }
}
