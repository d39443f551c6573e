using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.ObjectStore.Encrypted;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Layout;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Backup.Tests.Backups;

/// <summary>An embedded cluster, a client for it, and a bucket in a folder.</summary>
internal sealed class BackupFixture : IAsyncDisposable
{
    private const string Bucket = "bucket";

    private readonly string _folder = Directory.CreateTempSubdirectory("aeos-backup-").FullName;

    private BackupFixture(EmbeddedCluster cluster, int pageSize)
    {
        Cluster = cluster;
        Client = new KubernetesClient(ClusterConnection.ForServer(cluster.Address), new KubernetesClientOptions { Qps = 0, PageSize = pageSize });
        Directory.CreateDirectory(Path.Combine(_folder, Bucket));
    }

    public EmbeddedCluster Cluster { get; }

    public KubernetesClient Client { get; }

    public static async Task<BackupFixture> StartAsync(int pageSize = 500) => new(await EmbeddedCluster.StartAsync(), pageSize);

    public void Seed(params string[] manifests) => Array.ForEach(manifests, manifest => Cluster.Seed(manifest));

    public void SeedNamespace(string name, string phase = "Active")
        => Seed($$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{name}}"},"status":{"phase":"{{phase}}"} }""");

    public void SeedSecret(string ns, string name, string field, byte[] value, string labels = "{}") => Seed(
        $$$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{{name}}}}","namespace":"{{{{ns}}}}","labels":{{{{labels}}}} },"data":{"{{{{field}}}}":"{{{{Convert.ToBase64String(value)}}}}"} }""");

    public string WriteKeyFile(out byte[] key)
    {
        key = RandomNumberGenerator.GetBytes(32);
        var path = Path.Combine(_folder, "backup.key");
        File.WriteAllBytes(path, key);
        return path;
    }

    public LocationSpec Spec(params (string Name, string Value)[] settings)
    {
        var config = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        config["root"] = _folder;
        return new LocationSpec("aeos.io/filesystem", Bucket, "cluster-1", config);
    }

    public ValueTask<BareLocation> OpenAsync(params (string Name, string Value)[] settings)
        => new LocationOpener(_ => null, NullLogger.Instance).OpenBareAsync(Spec(settings), default);

    /// <summary>The location as the plugin opens it: encrypting and decrypting, under the key in the file.</summary>
    public ValueTask<Location> OpenAsPluginAsync(string keyFile, params (string Name, string Value)[] settings)
        => new LocationOpener(_ => null, NullLogger.Instance).OpenAsync(Spec([.. settings, ("encryptionKeyFile", keyFile)]), default);

    public async Task<BackupOutcome> BackUpAsync(BackupRequest request, params (string Name, string Value)[] settings)
    {
        await using var location = await OpenAsync(settings);
        return await new BackupEngine(Client, location.Store, location.Domain, TimeProvider.System).RunAsync(request, null, default);
    }

    public static Task<BackupEncryption> FromFileAsync(
        string path, ArchiveEncryptionFormat format = ArchiveEncryptionFormat.Message, EncryptionScope scope = EncryptionScope.Archive)
        => BackupEncryption.PrepareAsync(new FileKeyRetriever(path), format, scope, _ => { }, default);

    public Task<BackupEncryption> FromSecretAsync(string ns, string name)
        => BackupEncryption.PrepareAsync(
            new SecretKeyRetriever(Client, ns, name), ArchiveEncryptionFormat.Message, EncryptionScope.Archive, _ => { }, default);

    /// <summary>An object's bytes as they lie in the bucket.</summary>
    public byte[] Stored(string key) => File.ReadAllBytes(Path.Combine(_folder, Bucket, "cluster-1", key));

    /// <summary>All keys in the bucket, relative to the prefix.</summary>
    public string[] StoredKeys()
    {
        var root = Path.Combine(_folder, Bucket, "cluster-1");
        return !Directory.Exists(root) ? []
            : [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Where(key => !key.Contains("/.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    /// <summary>What the whole bucket holds, files' names and bytes, for searching.</summary>
    public byte[] WholeBucket()
    {
        using var whole = new MemoryStream();
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, Bucket), "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            whole.Write(Encoding.UTF8.GetBytes(file));
            whole.Write(bytes);
            whole.Write(bytes is [0x1f, 0x8b, ..] ? Gunzip(bytes) : []);
        }

        return whole.ToArray();
    }

    public string StoredText(string key) => Encoding.UTF8.GetString(Gunzip(Stored(key)));

    public static byte[] Gunzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>An archive's entries as a foreign reader sees them.</summary>
    public static Dictionary<string, string> Untar(byte[] archive)
    {
        using var tar = new TarReader(new MemoryStream(Gunzip(archive)));
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries.Add(entry.Name, Encoding.UTF8.GetString(content.ToArray()));
        }

        return entries;
    }

    public Dictionary<string, string> StoredArchive(string name) => Untar(Stored(new BackupKeys(name).Archive));

    /// <summary>An archive's items as <c>TYPE/NAMESPACE/NAME</c> or <c>TYPE/NAME</c>, in order.</summary>
    public IEnumerable<string> StoredItems(string name) => StoredArchive(name).Keys
        .Where(static key => key.StartsWith("resources/", StringComparison.Ordinal))
        .Select(static key => key["resources/".Length..^".json".Length].Split('/'))
        .Where(static parts => parts[1] is "cluster" or "namespaces")
        .Select(static parts => string.Join('/', [parts[0], .. parts[2..]]));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
