using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Lists;
using Aeos.Kubernetes.Requests;
using Aeos.Server;
using Aeos.Server.Definitions;
using Aeos.Server.Resources;
using Aeos.Server.Tests;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>A cluster behind a proxy that fails when told, a namespace for servers, one with an application, and a location in a folder.</summary>
internal sealed class FaultRoom : IAsyncDisposable
{
    public const string KeySecret = "backup-key";

    private readonly List<RunningServer> _servers = [];

    private FaultRoom(ClusterRoom cluster, ApiProxy api, Bucket bucket, string @namespace, string application)
    {
        (Cluster, Api, Bucket, Namespace, Application) = (cluster, api, bucket, @namespace, application);
        Temporary = Directory.CreateDirectory(Path.Combine(bucket.Folder, "temporary")).FullName;
        Kubeconfig = Path.Combine(bucket.Folder, "kubeconfig");
        File.WriteAllText(Kubeconfig, $$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: proxy, cluster: {server: "{{api.Address}}"} }]
            users: [{name: nobody, user: {} }]
            contexts: [{name: proxy, context: {cluster: proxy, user: nobody} }]
            current-context: proxy
            """);
    }

    /// <summary>The cluster, past the proxy.</summary>
    public ClusterRoom Cluster { get; }

    public ApiProxy Api { get; }

    public Bucket Bucket { get; }

    /// <summary>The servers' namespace.</summary>
    public string Namespace { get; }

    /// <summary>The namespace that is backed up.</summary>
    public string Application { get; }

    /// <summary>Leads to the proxy.</summary>
    public string Kubeconfig { get; }

    /// <summary>A folder for the servers' temporary files.</summary>
    public string Temporary { get; }

    public string BucketFolder => Path.Combine(Bucket.Folder, "bucket");

    public ResourceClient<BackupDocument> Backups => Of(VeleroTypes.Backups);

    public ResourceClient<RestoreDocument> Restores => Of(VeleroTypes.Restores);

    public ResourceClient<ScheduleDocument> Schedules => Of(VeleroTypes.Schedules);

    public ResourceClient<BackupStorageLocationDocument> Locations => Of(VeleroTypes.BackupStorageLocations);

    /// <summary>A backup of all that the application has, by type: a real API server has definitions of other tests too, which may go while it is made.</summary>
    public BackupSpec Asked => new() { IncludedNamespaces = [Application], IncludedResources = ["configmaps", "namespaces", "secrets", "serviceaccounts"] };

    /// <summary>What a server is told, besides its name.</summary>
    public ServerOptions Options => new()
    {
        Namespace = Namespace,
        EnableEncryption = true,
        RequireEncryption = true,
        EncryptionSecret = KeySecret,
        MetricsAddress = "",
        DownloadAddress = "",
        ClientQps = 0,
        LeaderElection = false,
    };

    /// <summary>Opens one.</summary>
    /// <param name="settings">How many config maps the application has.</param>
    public static async Task<FaultRoom> OpenAsync(int settings = 5)
    {
        var cluster = await ClusterRoom.OpenAsync();
        await VeleroDefinitions.ApplyAsync(cluster.Client, TimeProvider.System, CancellationToken.None);
        var (ns, application) = (await cluster.CreateNamespaceAsync("velero"), await cluster.CreateNamespaceAsync("shop"));
        for (var number = 0; number < settings; number++)
        {
            await cluster.CreateConfigMapAsync(application, $"c{number:00}");
        }

        var room = new FaultRoom(cluster, await ApiProxy.StartAsync(cluster), await Bucket.CreateAsync(cluster), ns, application);
        await cluster.CreateSecretAsync(ns, KeySecret, "encryptionKey", await File.ReadAllBytesAsync(room.Bucket.KeyFile));
        await room.Locations.CreateAsync(
            new BackupStorageLocationDocument
            {
                Metadata = new DocumentMetadata { Name = "default", Namespace = ns },
                Spec = new BackupStorageLocationSpec
                {
                    Provider = "aeos.io/filesystem",
                    Default = true,
                    ObjectStorage = new ObjectStorageLocation { Bucket = "bucket" },
                    Config = new Dictionary<string, string> { ["root"] = room.Bucket.Folder },
                },
                Status = new BackupStorageLocationStatus { Phase = BackupStorageLocationPhase.Available },
            },
            default);
        return room;
    }

    /// <summary>Starts a server in this process, which is stopped with the room.</summary>
    public RunningServer Serve(ServerOptions? options = null, TimeProvider? time = null)
    {
        var server = new RunningServer(Api.Address, options ?? Options, NullLoggerFactory.Instance, time ?? TimeProvider.System);
        _servers.Add(server);
        return server;
    }

    /// <summary>Asks for a backup of the application.</summary>
    public Task<BackupDocument> AskAsync(string name) => Backups.CreateAsync(
        new BackupDocument { Metadata = new DocumentMetadata { Name = name, Namespace = Namespace }, Spec = Asked }, default);

    public Task<RestoreDocument> AskToRestoreAsync(string name, string backup) => Restores.CreateAsync(
        new RestoreDocument { Metadata = new DocumentMetadata { Name = name, Namespace = Namespace }, Spec = new RestoreSpec { BackupName = backup } }, default);

    /// <summary>Makes a backup, deletes what is in it, and asks for a restore, which comes as far as a call.</summary>
    /// <returns>What the application was, and the call.</returns>
    public async Task<(ClusterPicture Before, HeldCall Held)> LoseAndRestoreAsync(string backup, string restore, Func<ApiCall, bool> until)
    {
        await BackUpAsync(backup);
        var before = await ClusterPicture.TakeAsync(Cluster, Application);
        await Cluster.DeleteNamespaceAsync(Application);
        var held = new HeldCall(until);
        Api.OnCall = held.DecideAsync;
        await AskToRestoreAsync(restore, backup);
        await held.Reached;
        return (before, held);
    }

    /// <summary>Waits until a backup has ended.</summary>
    public async Task<BackupDocument> EndOfBackupAsync(string name)
        => (await Eventually.BecomesAsync(() => Backups.TryGetAsync(name, default), static found => found is not null && HasEnded(found), $"the end of backup {name}"))!;

    /// <summary>Waits until a restore has ended.</summary>
    public async Task<RestoreDocument> EndOfRestoreAsync(string name) => (await Eventually.BecomesAsync(
        () => Restores.TryGetAsync(name, default),
        static found => RestorePhase.IsEnd(found?.Status.Phase),
        $"the end of restore {name}"))!;

    /// <summary>Makes a backup, which has to succeed.</summary>
    public async Task BackUpAsync(string name)
    {
        await AskAsync(name);
        var ended = await EndOfBackupAsync(name);
        ended.Status.Phase.ShouldBe(BackupPhase.Completed, ended.Status.FailureReason);
    }

    public static bool HasEnded(BackupDocument backup) => BackupPhase.IsEnd(backup.Status.Phase);

    /// <summary>Who holds the Lease; empty: nobody.</summary>
    public async Task<string> LeaderAsync() => $"{(await Cluster.GetAsync("coordination.k8s.io/v1", "Lease", Namespace, "aeos-server"))["spec"]!["holderIdentity"]}";

    /// <summary>What holds of the bucket at any time: only whole objects, no file besides them, and of the backups that failed none.</summary>
    /// <param name="failed">Backups of which nothing may be there.</param>
    public async Task CheckBucketAsync(params string[] failed)
    {
        await BucketCheck.RunAsync(Bucket, otherPhase: BackupPhase.PartiallyFailed);
        var keys = await Bucket.KeysAsync();
        foreach (var name in failed)
        {
            keys.ShouldNotContain(key => key.StartsWith($"backups/{name}/", StringComparison.Ordinal));
        }

        Directory.EnumerateFiles(BucketFolder, "*", SearchOption.AllDirectories).Count().ShouldBe(keys.Count, "what was unfinished is gone");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await Api.DisposeAsync();
        await ReleaseRestoresAsync();
        await Bucket.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    private ResourceClient<T> Of<T>(ResourceType<T> type)
        where T : class, IResourceDocument => new(Cluster.Client, type, Namespace);

    // Nobody is left to do what the server's finalizer waits for.
    private async Task ReleaseRestoresAsync()
    {
        await foreach (var restore in Cluster.Client.List(VeleroTypes.Restores.Api, new ListOptions { Namespace = Namespace }))
        {
            await Cluster.Client.PatchAsync(VeleroTypes.Restores.Api, Namespace, restore.Name, PatchType.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray());
        }
    }
}
