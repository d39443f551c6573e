using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Backup.Restores;
using Aeos.Embedded;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Backup.Tests.Restores;

/// <summary>An embedded cluster, a bucket in a folder, and a key: what a restore needs.</summary>
internal sealed class RestoreBench : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aeos-restore-test-").FullName;

    private RestoreBench(EmbeddedCluster cluster, int maxRetries)
    {
        Cluster = cluster;
        Client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0, MaxRetries = maxRetries });
        SpoolFolder = Directory.CreateDirectory(Path.Combine(_folder, "spool")).FullName;
    }

    public EmbeddedCluster Cluster { get; }

    public KubernetesClient Client { get; }

    public WrappingKey Key { get; } = WrappingKey.Generate(256);

    public string SpoolFolder { get; }

    [NotNull]
    public BareLocation? Location { get; private set; }

    /// <summary>The clock of the restore's own waits.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The bucket as the restore sees it; null: as it is.</summary>
    public IObjectStore? Store { get; set; }

    /// <summary>Takes the records; null: the bucket.</summary>
    public IObjectStore? Companions { get; set; }

    /// <summary>Cancels restores.</summary>
    public CancellationTokenSource Cancel { get; } = new();

    /// <summary>What goes wrong with a request; null: nothing.</summary>
    public Func<EmbeddedRequest, Fault?>? Fault { get; set; }

    /// <summary>Names of what was written to the cluster.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Writes { get; } = new();

    public static async Task<RestoreBench> StartAsync(EmbeddedClusterOptions? options = null, int maxRetries = 10)
    {
        var bench = new RestoreBench(await EmbeddedCluster.StartAsync(options), maxRetries);
        var spec = new LocationSpec("aeos.io/filesystem", "bucket", "", new Dictionary<string, string> { ["root"] = bench._folder });
        Directory.CreateDirectory(Path.Combine(bench._folder, "bucket"));
        bench.Location = await new LocationOpener(static _ => null, NullLogger.Instance).OpenBareAsync(spec, CancellationToken.None);
        bench.Cluster.BeforeRequest = request =>
        {
            if (request.Method != "GET")
            {
                bench.Writes.Enqueue($"{request.Method} {request.Path}");
            }

            return bench.Fault?.Invoke(request);
        };
        return bench;
    }

    public static RestoreSpec Spec { get; } = new() { BackupName = "nightly" };

    public static RestoreOptions Options { get; } = new() { Name = "again", Spec = Spec };

    /// <summary>Puts a backup of these bytes into the bucket.</summary>
    public async Task PutBackupAsync(
        byte[] archive, string encryption = "{}", string phase = "Completed", string name = "nightly", string metadata = "", string started = "2026-01-01T00:00:00Z")
    {
        var keys = new BackupKeys(name);
        await PutAsync(keys.Archive, archive);
        await PutAsync(keys.Document, Encoding.UTF8.GetBytes(
            $$$"""{"kind":"Backup","apiVersion":"velero.io/v1","metadata":{"name":"{{{name}}}"{{{metadata}}}},"spec":{},"status":{"phase":"{{{phase}}}","startTimestamp":"{{{started}}}","encryption":{{{encryption}}}}}"""));
    }

    public async Task PutAsync(string key, byte[] content)
    {
        await using var writer = await Location.Store.CreateAsync(key, CancellationToken.None);
        await writer.WriteAsync(content);
        await writer.CommitAsync(CancellationToken.None);
    }

    public async Task<byte[]> EncryptAsync(byte[] archive, string boundTo = "backups/nightly/nightly.tar.gz")
    {
        var message = new MemoryStream();
        using var keyring = new Keyring([WrappingKey.FromBytes(Key.Bytes)]);
        var stream = new EncryptingStream(message, keyring, EncryptionContext.Create([new(EncryptionContext.ObjectKey, boundTo)]));
        await stream.WriteAsync(archive);
        await stream.CompleteAsync(CancellationToken.None);
        return message.ToArray();
    }

    public Task<(RestoreDocument Document, RestoreOutcome Outcome)> RestoreAsync(RestoreSpec spec) => RestoreAsync(Options with { Spec = spec });

    public async Task<(RestoreDocument Document, RestoreOutcome Outcome)> RestoreAsync(
        RestoreOptions? options = null, WrappingKey[]? keys = null, bool requireEncryption = false, KeyScope? scope = null)
    {
        options ??= Options;
        var job = new RestoreJob
        {
            Cluster = Client,
            Bucket = Reader(keys, scope),
            Store = Store ?? Location.Store,
            CompanionStore = Companions,
            RequireEncryption = requireEncryption,
            Time = Time,
        };
        var done = await job.RunAsync(options with { SpoolFolder = SpoolFolder }, Cancel.Token);
        await Cluster.SettleAsync();
        return done;
    }

    public BucketReader Reader(WrappingKey[]? keys = null, KeyScope? scope = null) =>
        new(Location.Store, new ReadingKeys(keys ?? [Key], scope ?? new KeyScope()), null);

    /// <summary>What was made, as <c>KIND/NAME</c>, in order.</summary>
    public static string[] Created(RestoreOutcome outcome) => [.. outcome.Items.Lists()
        .SelectMany(static list => list.Value.Where(static item => item.EndsWith("(created)", StringComparison.Ordinal))
            .Select(item => $"{list.Key.Split('/')[^1]}/{item.Split('/')[^1].Replace("(created)", "", StringComparison.Ordinal)}"))
        .Order(StringComparer.Ordinal)];

    public async Task<JsonObject> ReadCompanionAsync(string key) =>
        (JsonObject)JsonNode.Parse(await Reader().ReadCompanionAsync(key, null, CancellationToken.None))!;

    public async Task<string> ReadTextAsync(string key)
    {
        await using var content = await Location.Store.OpenReadAsync(key, CancellationToken.None);
        using var reader = new StreamReader(new GZipStream(content, CompressionMode.Decompress));
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Cancel.Dispose();
        await Location.DisposeAsync();
        await Cluster.DisposeAsync();
        Key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
