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
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Backup.Tests.Restores;

/// <summary>An embedded cluster, a bucket in a folder, and a key: what a restore needs.</summary>
internal sealed class RestoreBench : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aeos-restore-test-").FullName;

    private RestoreBench(EmbeddedCluster cluster)
    {
        Cluster = cluster;
        Client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0 });
        SpoolFolder = Directory.CreateDirectory(Path.Combine(_folder, "spool")).FullName;
    }

    public EmbeddedCluster Cluster { get; }

    public KubernetesClient Client { get; }

    public WrappingKey Key { get; } = WrappingKey.Generate(256);

    public string SpoolFolder { get; }

    [NotNull]
    public BareLocation? Location { get; private set; }

    /// <summary>Names of what was written to the cluster.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Writes { get; } = new();

    public static async Task<RestoreBench> StartAsync(EmbeddedClusterOptions? options = null)
    {
        var bench = new RestoreBench(await EmbeddedCluster.StartAsync(options));
        var spec = new LocationSpec("aeos.io/filesystem", "bucket", "", new Dictionary<string, string> { ["root"] = bench._folder });
        Directory.CreateDirectory(Path.Combine(bench._folder, "bucket"));
        bench.Location = await new LocationOpener(static _ => null, NullLogger.Instance).OpenBareAsync(spec, CancellationToken.None);
        bench.Cluster.BeforeRequest = request =>
        {
            if (request.Method != "GET")
            {
                bench.Writes.Enqueue($"{request.Method} {request.Path}");
            }

            return null;
        };
        return bench;
    }

    public static RestoreSpec Spec { get; } = new() { BackupName = "nightly" };

    public static RestoreOptions Options { get; } = new() { Name = "again", Spec = Spec };

    /// <summary>Puts a backup of these bytes into the bucket.</summary>
    public async Task PutBackupAsync(byte[] archive, string encryption = "{}", string phase = "Completed")
    {
        var keys = new BackupKeys("nightly");
        await PutAsync(keys.Archive, archive);
        await PutAsync(keys.Document, Encoding.UTF8.GetBytes(
            $$$"""{"kind":"Backup","apiVersion":"velero.io/v1","metadata":{"name":"nightly"},"spec":{},"status":{"phase":"{{{phase}}}","encryption":{{{encryption}}}}}"""));
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
            Store = Location.Store,
            RequireEncryption = requireEncryption,
        };
        var done = await job.RunAsync(options with { SpoolFolder = SpoolFolder }, CancellationToken.None);
        await Cluster.SettleAsync();
        return done;
    }

    public BucketReader Reader(WrappingKey[]? keys = null, KeyScope? scope = null) =>
        new(Location.Store, new ReadingKeys(keys ?? [Key], scope ?? new KeyScope()), null);

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
        await Location.DisposeAsync();
        await Cluster.DisposeAsync();
        Key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
