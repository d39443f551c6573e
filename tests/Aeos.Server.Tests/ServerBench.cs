using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Objects;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Definitions;
using Aeos.Server.Resources;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Server.Tests;

/// <summary>A cluster with Velero's definitions and a namespace for a server, a location in a folder, and servers that a test starts and stops.</summary>
internal sealed class ServerBench : IAsyncDisposable
{
    public const string Namespace = "velero";

    private readonly List<RunningServer> _servers = [];

    private ServerBench(EmbeddedCluster cluster, string folder)
    {
        Cluster = cluster;
        Folder = folder;
        Client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0 });
    }

    public EmbeddedCluster Cluster { get; }

    public KubernetesClient Client { get; }

    /// <summary>The bucket's folder.</summary>
    public string Folder { get; }

    public string Bucket => Path.Combine(Folder, "bucket");

    public ResourceClient<BackupDocument> Backups => Of(VeleroTypes.Backups);

    public ResourceClient<RestoreDocument> Restores => Of(VeleroTypes.Restores);

    public ResourceClient<BackupStorageLocationDocument> Locations => Of(VeleroTypes.BackupStorageLocations);

    public static async Task<ServerBench> StartAsync(EmbeddedClusterOptions? options = null)
    {
        var folder = Directory.CreateTempSubdirectory("aeos-server-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "bucket"));
        var bench = new ServerBench(await EmbeddedCluster.StartAsync(options), folder);
        await VeleroDefinitions.ApplyAsync(bench.Client, TimeProvider.System, default);
        bench.Cluster.Seed($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{Namespace}}}"}}""");
        return bench;
    }

    public ResourceClient<T> Of<T>(ResourceType<T> type)
        where T : class, IResourceDocument => new(Client, type, Namespace);

    /// <summary>A location in the bucket's folder, already checked.</summary>
    public Task<BackupStorageLocationDocument> AddLocationAsync(string name = "default", string? phase = BackupStorageLocationPhase.Available) => Locations.CreateAsync(
        new BackupStorageLocationDocument
        {
            Metadata = new DocumentMetadata { Name = name, Namespace = Namespace },
            Spec = new BackupStorageLocationSpec
            {
                Provider = "aeos.io/filesystem",
                Default = name == "default",
                ObjectStorage = new ObjectStorageLocation { Bucket = "bucket", Prefix = name == "default" ? null : name },
                Config = new Dictionary<string, string> { ["root"] = Folder },
            },
            Status = new BackupStorageLocationStatus { Phase = phase },
        },
        default);

    public async Task AddKeyAsync(string name = "backup-key", string key = "0123456789abcdefghijklmnopqrstu!") => await Client.CreateAsync(
        WellKnownResources.Secrets,
        Namespace,
        new KubernetesObject(System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}"},"data":{"encryptionKey":"{{{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(key))}}}"}}""")));

    public void AddConfigMaps(string @namespace, int count)
    {
        Cluster.Seed($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{@namespace}}}"}}""");
        for (var i = 0; i < count; i++)
        {
            Cluster.Seed($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"map-{{{i:d3}}}","namespace":"{{{@namespace}}}"},"data":{"number":"{{{i}}}"}}""");
        }
    }

    /// <summary>Starts a server; it is waited for until it works, unless another one does.</summary>
    public async Task<RunningServer> ServeAsync(ServerOptions? options = null, TimeProvider? time = null, bool wait = true)
    {
        var server = new RunningServer(Cluster.Address, options ?? new ServerOptions { MetricsAddress = "", DownloadAddress = "", LeaderElection = false }, NullLoggerFactory.Instance, time ?? TimeProvider.System);
        _servers.Add(server);
        if (wait)
        {
            await server.WorkingAsync();
        }

        return server;
    }

    public Task<BackupDocument> AskAsync(string name, BackupSpec? spec = null)
        => Backups.CreateAsync(new BackupDocument { Metadata = new DocumentMetadata { Name = name, Namespace = Namespace }, Spec = spec ?? new BackupSpec() }, default);

    /// <summary>Waits until a backup has ended.</summary>
    public async Task<BackupDocument> EndOfBackupAsync(string name) => (await Eventually.BecomesAsync(
        () => Backups.TryGetAsync(name, default),
        static found => found?.Status.Phase is BackupPhase.Completed or BackupPhase.PartiallyFailed or BackupPhase.Failed or BackupPhase.FailedValidation,
        $"the end of backup {name}"))!;

    /// <summary>Makes a backup of one namespace, and waits for it.</summary>
    public async Task<BackupDocument> BackUpAsync(string name, string @namespace)
    {
        await AskAsync(name, new BackupSpec { IncludedNamespaces = [@namespace] });
        var ended = await EndOfBackupAsync(name);
        ended.Status.Phase.ShouldBe(BackupPhase.Completed);
        return ended;
    }

    public Task<RestoreDocument> AskToRestoreAsync(string name, RestoreSpec spec)
        => Restores.CreateAsync(new RestoreDocument { Metadata = new DocumentMetadata { Name = name, Namespace = Namespace }, Spec = spec }, default);

    /// <summary>Waits until a restore has ended.</summary>
    public async Task<RestoreDocument> EndOfRestoreAsync(string name) => (await Eventually.BecomesAsync(
        () => Restores.TryGetAsync(name, default),
        static found => found?.Status.Phase is RestorePhase.Completed or RestorePhase.PartiallyFailed or RestorePhase.Failed or RestorePhase.FailedValidation,
        $"the end of restore {name}"))!;

    /// <summary>The messages of the events about an object of the namespace.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string name)
    {
        var events = new ApiResource { Group = "", Version = "v1", Name = "events", Kind = "Event", Namespaced = true, Verbs = ["list"] };
        var messages = new List<string>();
        await foreach (var item in Client.List(events, new ListOptions { Namespace = Namespace }))
        {
            var tree = item.ToTree();
            if ((string?)tree["involvedObject"]?["name"] == name)
            {
                messages.Add((string)tree["message"]!);
            }
        }

        return messages;
    }

    /// <summary>The keys of what is in the bucket under a prefix.</summary>
    public string[] Keys(string prefix) => [.. Directory.EnumerateFiles(Bucket, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Bucket, file)).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Client.Dispose();
        await Cluster.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
