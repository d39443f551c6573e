using System.Net;
using System.Net.Sockets;
using Aeos.Cli.Tests.Running;
using Aeos.Embedded;
using Aeos.Server;
using Aeos.Server.Resources;
using Aeos.Server.Tests;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Tests.Cluster;

/// <summary>What somebody has whose cluster has a server: Velero's resources, a location, a key, and a kubeconfig.</summary>
public abstract class ClusterRoom : TemporaryFolder, IAsyncLifetime
{
    internal ServerBench Bench { get; private set; } = null!;

    protected EmbeddedCluster Api => Bench.Cluster;

    private protected ResourceClient<BackupDocument> Backups => Bench.Backups;

    private protected ResourceClient<RestoreDocument> Restores => Bench.Of(VeleroTypes.Restores);

    public async Task InitializeAsync()
    {
        Bench = await ServerBench.StartAsync();
        await File.WriteAllTextAsync(At("kubeconfig"), Api.Kubeconfig);
        await Bench.AddLocationAsync();
        await Bench.AddKeyAsync();
        Bench.AddConfigMaps("shop", 3);
    }

    public async Task DisposeAsync() => await Bench.DisposeAsync();

    /// <summary>Runs a command on the cluster.</summary>
    private protected Task<Outcome> AeosAsync(params string[] arguments) => AeosProcess.RunAsync([.. arguments, "--kubeconfig", At("kubeconfig")]);

    /// <summary>Starts a server that encrypts everything, and hands everything out.</summary>
    private protected async Task ServeAsync()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await Bench.ServeAsync(new ServerOptions
        {
            MetricsAddress = "",
            LeaderElection = false,
            EnableEncryption = true,
            EncryptionSecret = "backup-key",
            EncryptionScope = ObjectStore.Encrypted.EncryptionScope.All,
            DownloadAddress = $"localhost:{port}",
            DownloadUrl = new Uri($"https://localhost:{port}"),
            DownloadArchives = true,
        });
    }

    /// <summary>Puts a backup there that has ended.</summary>
    private protected Task<BackupDocument> PutBackupAsync(string name, string phase = BackupPhase.Completed, string? schedule = null, string started = "2026-01-02T03:04:05Z") => Backups.CreateAsync(
        new BackupDocument
        {
            Metadata = new DocumentMetadata
            {
                Name = name,
                Namespace = ServerBench.Namespace,
                Labels = schedule is null ? null : new Dictionary<string, string> { [BackupDocument.ScheduleLabel] = schedule },
            },
            Spec = new BackupSpec { StorageLocation = "default" },
            Status = new BackupStatus { Phase = phase, StartTimestamp = started },
        },
        default);
}
