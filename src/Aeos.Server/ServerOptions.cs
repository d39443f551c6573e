using Aeos.Backup.Backups;
using Aeos.ObjectStore.Encrypted;
using Aeos.Server.Downloads;
using Aeos.Server.Metrics;

namespace Aeos.Server;

/// <summary>What <c>aeos server</c> is told: the proposal's flags, and those of Velero's (1.18, pkg/cmd/server/config) that apply here, with Velero's defaults but for the rate of requests.</summary>
public sealed record ServerOptions
{
    /// <summary>The namespace whose resources are worked on; the server's own.</summary>
    public string Namespace { get; init; } = "velero";

    /// <summary>Whether backups are encrypted: the feature <c>EnableEncryption</c>.</summary>
    public bool EnableEncryption { get; init; }

    /// <summary>Whether each version of a type is backed up and the best is restored: the feature <c>EnableAPIGroupVersions</c>.</summary>
    public bool EnableApiGroupVersions { get; init; }

    /// <summary>The Secret in <see cref="Namespace"/> with the key; null: none is named.</summary>
    public string? EncryptionSecret { get; init; }

    /// <summary>The archive's format.</summary>
    public ArchiveEncryptionFormat EncryptionFormat { get; init; }

    /// <summary>What of a backup is encrypted.</summary>
    public EncryptionScope EncryptionScope { get; init; } = EncryptionScope.Archive;

    /// <summary>Whether a backup that would not be encrypted is refused, and a restore from an archive that is not.</summary>
    public bool RequireEncryption { get; init; }

    /// <summary>How long backups are kept that do not say it.</summary>
    public TimeSpan DefaultBackupTtl { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The location of backups that name none, where none is marked as the default.</summary>
    public string DefaultBackupStorageLocation { get; init; } = "default";

    /// <summary>How often backups in a bucket are looked for; zero: never.</summary>
    public TimeSpan BackupSyncPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often locations are checked; zero: never.</summary>
    public TimeSpan StoreValidationFrequency { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often expired backups are looked for.</summary>
    public TimeSpan GarbageCollectionFrequency { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Types in the order in which they are restored, <c>-</c> before those that come last; null: Velero's.</summary>
    public string? RestoreResourcePriorities { get; init; }

    /// <summary>How long a namespace that is going away is waited for in a restore.</summary>
    public TimeSpan TerminatingResourceTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long things are waited for that no other time-out covers.</summary>
    public TimeSpan ResourceTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a schedule's first backup is skipped when it is due at once.</summary>
    public bool ScheduleSkipImmediately { get; init; }

    /// <summary>How many backups are made at once.</summary>
    public int ConcurrentBackups { get; init; } = 1;

    /// <summary>Requests a second to the API, after the burst; zero: no limit. Velero's 100 would make a restore of 10,000 objects last 100 s; the API server's own fairness limits it better.</summary>
    public double ClientQps { get; init; }

    /// <summary>Requests at once to the API.</summary>
    public int ClientBurst { get; init; } = 100;

    /// <summary>Objects a list page asks for; zero: everything in one answer.</summary>
    public int ClientPageSize { get; init; } = 500;

    /// <summary>The controllers that can be disabled, under Velero's names.</summary>
    public static IReadOnlyList<string> ControllerNames { get; } =
    [
        "backup-queue", "backup", "backup-deletion", "backup-sync", "download-request", "gc", "restore", "schedule", "server-status-request",
    ];

    /// <summary>Controllers that do not run, under Velero's names.</summary>
    public IReadOnlySet<string> DisabledControllers { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Where metrics are served, such as <c>:8085</c>; empty: nowhere.</summary>
    public string MetricsAddress { get; init; } = ":8085";

    /// <summary>Where objects that are encrypted can be downloaded, such as <c>:8443</c>; empty: nowhere.</summary>
    public string DownloadAddress { get; init; } = "";

    /// <summary>The address that clients reach <see cref="DownloadAddress"/> under; null: the Service's in the cluster.</summary>
    public Uri? DownloadUrl { get; init; }

    /// <summary>The certificate that downloads are served with, and those that lead to its authority, a PEM file; null: the server makes one.</summary>
    public string? DownloadCertificateFile { get; init; }

    /// <summary>The certificate's key, a PEM file.</summary>
    public string? DownloadKeyFile { get; init; }

    /// <summary>Whether archives can be downloaded too.</summary>
    public bool DownloadArchives { get; init; }

    /// <summary>Whether one of several servers is chosen by a Lease; false: this one works without asking.</summary>
    public bool LeaderElection { get; init; } = true;

    /// <summary>
    /// This server among several: the pod's name, so that a container that is started again goes on at once. Where there is no pod, one of this server's own:
    /// two on one machine would take the Lease for theirs.
    /// </summary>
    public string Identity { get; init; } = $"{Environment.MachineName}_{Guid.NewGuid()}";

    /// <summary>The pod that the server runs in, which carries the condition about the key; null: not in a pod.</summary>
    public string? PodName { get; init; }

    /// <summary>How long work that is under way may take to end when the server is stopped.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Refuses what cannot be, before a cluster is asked.</summary>
    /// <returns>These options.</returns>
    /// <exception cref="AeosException">An address, the URL of downloads or their certificate is not possible.</exception>
    public ServerOptions Checked()
    {
        if (MetricsAddress.Length > 0)
        {
            ListenAddress.Parse(MetricsAddress, "--metrics-address");
        }

        if (DownloadAddress.Length > 0)
        {
            DownloadService.Check(this);
        }

        return this;
    }
}
