using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Requests;
using Aeos.Server;
using Aeos.Server.Definitions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Cluster.Tests.Server.OfficialClient;

/// <summary>
/// A cluster with a running server that encrypts, the played client, a default location in a folder, and a namespace with something to back up.
/// </summary>
internal sealed class ServedRoom : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("aeos-served-").FullName;
    private readonly TaskCompletionSource _working = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _server = Task.CompletedTask;

    private ServedRoom(ClusterRoom room, string @namespace, string application)
    {
        (Room, Application) = (room, application);
        Client = new VeleroClient(room, @namespace);
        (Backups, Restores, Schedules, Locations) = (new(Client), new(Client), new(Client), new(Client));
    }

    public ClusterRoom Room { get; }

    public VeleroClient Client { get; }

    public BackupCommands Backups { get; }

    public RestoreCommands Restores { get; }

    public ScheduleCommands Schedules { get; }

    public LocationCommands Locations { get; }

    /// <summary>The namespace that is backed up: the ConfigMap <c>settings</c> and the Secret <c>login</c>.</summary>
    public string Application { get; }

    /// <summary>What is in the bucket, relative to its top.</summary>
    public IReadOnlyList<string> Objects
        => [.. Directory.EnumerateFiles(Bucket, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Bucket, file)).Order(StringComparer.Ordinal)];

    public string Bucket => Path.Combine(_folder, "b");

    public static async Task<ServedRoom> OpenAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var room = await ClusterRoom.OpenAsync();
        await VeleroDefinitions.ApplyAsync(room.Client, TimeProvider.System, CancellationToken.None);
        var (ns, application) = (await room.CreateNamespaceAsync("velero"), await room.CreateNamespaceAsync("shop"));
        await room.CreateConfigMapAsync(application, "settings", "blue");
        await room.CreateSecretAsync(application, "login", "password", "hunter2"u8.ToArray());
        await room.CreateSecretAsync(ns, "backup-key", "encryptionKey", RandomNumberGenerator.GetBytes(32));
        var served = new ServedRoom(room, ns, application);
        Directory.CreateDirectory(served.Bucket);
        var port = FreePort();
        var options = new ServerOptions
        {
            Namespace = ns,
            EnableEncryption = true,
            RequireEncryption = true,
            EncryptionSecret = "backup-key",
            MetricsAddress = "",
            DownloadAddress = $"127.0.0.1:{port}",
            DownloadUrl = new Uri($"https://127.0.0.1:{port}"),
            DownloadArchives = true,
            LeaderElection = false,
        };
        await served.StartAsync(change?.Invoke(options) ?? options);
        return served;
    }

    /// <summary>Runs <c>velero backup-location create default --default</c>, and waits until the server has found it Available.</summary>
    public async Task<Answer> MakeLocationAsync()
    {
        (await Locations.CreateDefaultAsync("default", _folder)).ShouldBe(HttpStatusCode.Created);
        return await UntilAsync("backupstoragelocations", "default", static now => now.Phase == "Available");
    }

    /// <summary>Runs <c>velero backup create --wait</c> of the application.</summary>
    public async Task<Answer> BackUpAsync(string name = "b1")
    {
        await MakeLocationAsync();
        var ended = await Backups.CreateAndWaitAsync(name, Application);
        ended.Phase.ShouldBe("Completed", ended.Body.ToJsonString());
        return ended;
    }

    /// <summary>Changes a resource behind the client's back: a merge patch.</summary>
    public Task PatchAsync(ApiResource type, string name, string patch)
        => Room.Client.PatchAsync(type, Client.Namespace, name, PatchType.Merge, Encoding.UTF8.GetBytes(patch));

    /// <summary>Waits until a resource is as it has to be.</summary>
    public async Task<Answer> UntilAsync(string resource, string name, Func<Answer, bool> isSo)
    {
        while (true)
        {
            await StillWorksAsync();
            var now = await Client.GetAsync(resource, name);
            if (isSo(now))
            {
                return now;
            }

            await Task.Delay(20, Client.Patience);
        }
    }

    public Task<Answer> UntilGoneAsync(string resource, string name) => UntilAsync(resource, name, static now => now.Code == HttpStatusCode.NotFound);

    /// <summary>Fetches from an address as the client does with <c>--cacert</c>.</summary>
    public async Task<Download> FetchAsync(Uri address)
    {
        var authority = (await Room.GetAsync("v1", "Secret", Client.Namespace, "aeos-downloads-tls"))["data"]!["ca.crt"]!.ToString();
        return await Download.FetchAsync(address, Encoding.UTF8.GetString(Convert.FromBase64String(authority)), Client.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ReleaseRestoresAsync();
        Client.Dispose();
        await Room.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartAsync(ServerOptions options)
    {
        // An embedded cluster lets everybody do everything.
        var connection = ClusterRoom.IsReal ? await new InstalledAccount(Room, options.Namespace).ConnectAsync(_folder) : Room.Connection;
        var server = new BackupServer(connection, options, NullLoggerFactory.Instance, TimeProvider.System) { OnWorking = _working.SetResult };
        _server = server.RunAsync(_stop.Token);
        await Task.WhenAny(_server, _working.Task);
        await StillWorksAsync();
    }

    private async Task StillWorksAsync()
    {
        if (_server.IsCompleted)
        {
            await _server;
            throw new ShouldAssertException("The server has ended.");
        }
    }

    // Nobody is left to do what the server's finalizer waits for.
    private async Task ReleaseRestoresAsync()
    {
        var type = await Room.TypeAsync("velero.io/v1", "Restore");
        await foreach (var restore in Room.Client.List(type, new() { Namespace = Client.Namespace }))
        {
            await Room.Client.PatchAsync(type, Client.Namespace, restore.Name, PatchType.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray());
        }
    }
}
