using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Backups;
using Aeos.Server.Controllers;
using Aeos.Server.Downloads;
using Aeos.Server.Downloads.Addresses;
using Aeos.Server.Encryption;
using Aeos.Server.Leadership;
using Aeos.Server.Metrics;
using Aeos.Server.Resources;
using Aeos.Server.Restores;
using Microsoft.Extensions.Logging;

namespace Aeos.Server;

/// <summary>The server: runs the engine as controllers over Velero's resources in one namespace, until it is stopped.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="options">What it is told.</param>
/// <param name="logs">Makes loggers.</param>
/// <param name="time">The clock.</param>
public sealed partial class BackupServer(ClusterConnection connection, ServerOptions options, ILoggerFactory logs, TimeProvider time)
{
    private readonly ILogger _log = logs.CreateLogger("server");

    /// <summary>Told where the metrics are served, once they are.</summary>
    public Action<Uri>? OnMetricsServed { get; init; }

    /// <summary>Told when this server has begun to work: when it holds the Lease and its caches are filled.</summary>
    public Action? OnWorking { get; init; }

    /// <summary>Runs until it is cancelled: then what is under way is ended, and says so.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="AeosException">It cannot begin, or has lost the Lease.</exception>
    /// <exception cref="Kubernetes.Errors.KubernetesException">The cluster cannot be reached when it begins.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var cluster = new KubernetesClient(connection, ClientOptions());
        using var engine = new KubernetesClient(connection, ClientOptions());
        using var election = new KubernetesClient(connection, new KubernetesClientOptions { Qps = 0, MaxRetries = 0, RequestTimeout = TimeSpan.FromSeconds(5), Time = time });
        var server = new ServerContext(options, cluster, engine, logs, time);
        await CheckAsync(server, cancellationToken).ConfigureAwait(false);
        await using var metrics = options.MetricsAddress.Length == 0 ? null
            : await MetricsEndpoint.StartAsync(server.Metrics, options.MetricsAddress, cancellationToken).ConfigureAwait(false);
        if (metrics is not null)
        {
            OnMetricsServed?.Invoke(metrics.Address);
        }

        // Those that wait for the Lease serve downloads too: the Service leads to all of them.
        await using var downloads = options.DownloadAddress.Length == 0 ? null : await DownloadService.StartAsync(server, cancellationToken).ConfigureAwait(false);
        await using var ending = cancellationToken.Register(() =>
        {
            Stopping();
            downloads?.BeginEnd();
        }).ConfigureAwait(false);
        if (!options.LeaderElection)
        {
            await WorkAsync(server, downloads?.Addresses, cancellationToken).ConfigureAwait(false);
            return;
        }

        var lease = new LeaderElection(election, options.Namespace, options.Identity, time, logs.CreateLogger("leader-election"));
        await lease.AcquireAsync(cancellationToken).ConfigureAwait(false);
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = lease.KeepAsync(working.Token);
        var work = WorkAsync(server, downloads?.Addresses, working.Token);
        var first = await Task.WhenAny(keeping, work).ConfigureAwait(false);
        await working.CancelAsync().ConfigureAwait(false);
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first == keeping && !cancellationToken.IsCancellationRequested)
        {
            throw new AeosException("the server has lost its Lease and has stopped working", "Another server works now, or the API server was away; it is started again by its Deployment.");
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        await lease.ReleaseAsync(limit.Token).ConfigureAwait(false);
        await work.ConfigureAwait(false);
    }

    private KubernetesClientOptions ClientOptions() => new()
    {
        Qps = options.ClientQps,
        Burst = options.ClientBurst,
        PageSize = options.ClientPageSize,
        Time = time,
        UserAgent = "aeos-server",
    };

    private static async Task CheckAsync(ServerContext server, CancellationToken cancellationToken)
    {
        var ns = server.Options.Namespace;
        if (await server.Cluster.TryGetAsync(WellKnownResources.Namespaces, null, ns, cancellationToken).ConfigureAwait(false) is null)
        {
            throw new AeosException($"the namespace {Aeos.Encryption.Printable.Quote(ns)} does not exist", "Install the server with \"aeos install\", or name its namespace with --namespace.");
        }

        var catalog = await server.Cluster.DiscoverAsync(cancellationToken).ConfigureAwait(false);
        string[] missing = [.. VeleroTypes.All.Where(type => catalog.FindExact(type.Group, type.Name) is null).Select(static type => type.GroupResource)];
        if (missing.Length > 0)
        {
            throw new AeosException($"the cluster does not serve {string.Join(", ", missing)}", "Install the definitions with \"aeos install\".");
        }
    }

    private async Task WorkAsync(ServerContext server, SignedAddresses? downloads, CancellationToken cancellationToken)
    {
        server.Metrics.Controllers.SetLeads(true);
        try
        {
            await new BackupRecovery(server).RunAsync(cancellationToken).ConfigureAwait(false);
            await new RestoreRecovery(server).RunAsync(cancellationToken).ConfigureAwait(false);
            var controllers = ServerControllers.Create(server, downloads);
            try
            {
                await RunAllAsync(server, controllers, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                controllers.ForEach(static controller => controller.Dispose());
            }
        }
        finally
        {
            server.Metrics.Controllers.SetLeads(false);
        }
    }

    // Whatever ends unasked ends all: a server without one of its parts would look as if it worked.
    private async Task RunAllAsync(ServerContext server, List<Controller> controllers, CancellationToken cancellationToken)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> running = [.. server.RunInformers(all.Token)];
        await server.SyncedAsync(all.Token).ConfigureAwait(false);
        running.AddRange(controllers.Select(controller => controller.RunAsync(all.Token)));
        running.Add(new EncryptionCheck(server).RunAsync(all.Token));
        running.Add(new ResourceTotals(server).RunAsync(all.Token));
        Working(options.Namespace);
        OnWorking?.Invoke();
        var first = await Task.WhenAny(running).ConfigureAwait(false);
        await all.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).WaitAsync(options.ShutdownTimeout, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Asked to stop: what is under way is ended")]
    private partial void Stopping();

    [LoggerMessage(Level = LogLevel.Information, Message = "Working in the namespace {Namespace}")]
    private partial void Working(string @namespace);
}
