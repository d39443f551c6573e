using System.Security.Cryptography;
using System.Text;
using Aeos.Embedded;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Encrypted;
using Aeos.ObjectStore.Locations;
using Aeos.Server.Definitions;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Server.Tests.Downloads;

/// <summary>A cluster with Velero's definitions, a bucket in a folder, and what a server needs to hand out what is in it. The clock is moved by hand.</summary>
internal sealed class DownloadBench : IAsyncDisposable
{
    public const string Namespace = "velero";
    public const string KeySecret = "backup-key";

    private DownloadBench(EmbeddedCluster cluster, KubernetesClient client) => (Cluster, Client) = (cluster, client);

    public EmbeddedCluster Cluster { get; }

    public KubernetesClient Client { get; }

    public ManualTime Time { get; } = new();

    public LineLogger Logger { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("aeos-downloads-").FullName;

    /// <summary>The key in the Secret <see cref="KeySecret"/>.</summary>
    public byte[] Key { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>Comes between what opens a location and its store.</summary>
    public Func<IObjectStore, IObjectStore> Wrap { get; set; } = static store => store;

    public static EncryptionStatus Encrypted { get; } = Status(EncryptionStatus.MessageFormat);

    public static EncryptionStatus Status(string format) => new()
    {
        IsEncrypted = true,
        Format = format,
        KeyRetrieverType = "secret",
        KeyRetrieverConfig = new Dictionary<string, string> { ["secretName"] = KeySecret, ["namespace"] = Namespace },
    };

    public static async Task<DownloadBench> StartAsync()
    {
        var cluster = await EmbeddedCluster.StartAsync();
        var bench = new DownloadBench(cluster, new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0 }));
        await VeleroDefinitions.ApplyAsync(bench.Client, TimeProvider.System, default);
        cluster.Seed($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{Namespace}}}"}}""");
        cluster.Seed(
            $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{KeySecret}}}","namespace":"{{{Namespace}}}"},"data":{"encryptionKey":"{{{Convert.ToBase64String(bench.Key)}}}"}}""");
        await bench.AddLocationAsync("default");
        return bench;
    }

    public ServerContext Server(ServerOptions? options = null) => new(
        options ?? new ServerOptions { DownloadAddress = "localhost:0", EncryptionSecret = KeySecret }, Client, Client, Logger, Time);

    public async Task AddLocationAsync(string name, string bucket = "bucket", string prefix = "cluster-1")
    {
        Directory.CreateDirectory(Path.Combine(Folder, bucket));
        await Server().BackupStorageLocations.CreateAsync(
            new BackupStorageLocationDocument
            {
                Metadata = new DocumentMetadata { Name = name, Namespace = Namespace },
                Spec = new BackupStorageLocationSpec
                {
                    Provider = "aeos.io/filesystem",
                    ObjectStorage = new ObjectStorageLocation { Bucket = bucket, Prefix = prefix },
                    Config = new Dictionary<string, string> { ["root"] = Folder },
                },
            },
            default);
    }

    public Task AddBackupAsync(string name, EncryptionStatus? encryption = null, string location = "default") => Server().Backups.CreateAsync(
        new BackupDocument
        {
            Metadata = new DocumentMetadata { Name = name, Namespace = Namespace },
            Spec = new BackupSpec { StorageLocation = location },
            Status = new BackupStatus { Phase = "Completed", Encryption = encryption },
        },
        default);

    public Task AddRestoreAsync(string name, string backup) => Server().Restores.CreateAsync(
        new RestoreDocument { Metadata = new DocumentMetadata { Name = name, Namespace = Namespace }, Spec = new RestoreSpec { BackupName = backup } }, default);

    /// <summary>Opens a location as a server does.</summary>
    public async Task<BareLocation> OpenAsync(BackupStorageLocationDocument document, CancellationToken cancellationToken)
    {
        var opened = await Server().Locations.OpenAsync(document, cancellationToken);
        return new BareLocation(opened.Spec, Wrap(opened.Store), opened.Keys, opened.Domain);
    }

    /// <summary>Puts an object into the bucket of a location, as it is.</summary>
    public async Task PutAsync(string key, byte[] content, string location = "default")
    {
        await using var opened = await OpenAsync((await Server().BackupStorageLocations.TryGetAsync(location, default))!, default);
        await PutAsync(opened.Store, key, content);
    }

    /// <summary>Puts an object into the bucket, encrypted as a message.</summary>
    public async Task PutEncryptedAsync(string key, byte[] content, byte[]? with = null)
    {
        var opened = await OpenAsync((await Server().BackupStorageLocations.TryGetAsync("default", default))!, default);
        var keyring = new Keyring([WrappingKey.FromBytes(with ?? Key)]);
        await using var store = new EncryptedObjectStore(opened.Store, keyring, EncryptionScope.All, null, allowPlaintext: false, NullLogger.Instance);
        await PutAsync(store, key, content);
    }

    /// <summary>Content in the proposal's format.</summary>
    public byte[] InProposalsFormat(byte[] content)
    {
        var nonce = RandomNumberGenerator.GetBytes(12);
        var (blob, tag) = (new byte[content.Length], new byte[16]);
        using var cipher = new System.Security.Cryptography.AesGcm(Key, tag.Length);
        cipher.Encrypt(nonce, content, blob, tag);
        return [.. nonce, .. blob, .. tag];
    }

    /// <summary>The file of an object in the location <c>default</c>.</summary>
    public string FileOf(string key) => Path.Combine(Folder, "bucket", "cluster-1", Path.Combine(key.Split('/')));

    /// <summary>Makes a request, as the official client does.</summary>
    public async Task<string> RequestAsync(string kind, string target)
    {
        var name = $"{target}-{Guid.NewGuid()}";
        await Server().DownloadRequests.CreateAsync(
            new DownloadRequestDocument
            {
                Metadata = new DocumentMetadata { Name = name, Namespace = Namespace },
                Spec = new DownloadRequestSpec { Target = new DownloadTarget { Kind = kind, Name = target } },
            },
            default);
        return name;
    }

    /// <summary>The authority in the endpoint's Secret, PEM.</summary>
    public string Authority
        => Encoding.UTF8.GetString(Convert.FromBase64String((string)Cluster.Find("v1", "Secret", Namespace, "aeos-downloads-tls")!["data"]!["ca.crt"]!));

    /// <summary>A client that trusts the authority in the endpoint's Secret, at the time of the clock.</summary>
    public HttpClient NewClient()
    {
        var trust = MadeCertificate.TrustOnly(Authority);
        trust.CertificateChainPolicy!.VerificationTime = Time.GetUtcNow().UtcDateTime;
        return new HttpClient(new SocketsHttpHandler { SslOptions = trust });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cluster.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task PutAsync(IObjectStore store, string key, byte[] content)
    {
        await using var writer = await store.CreateAsync(key, default);
        await writer.WriteAsync(content);
        await writer.CommitAsync(default);
    }
}
