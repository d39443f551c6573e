using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Backup.Restores;
using Aeos.Encryption.Keys;
using Aeos.Kubernetes;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Encrypted;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Cluster.Tests.Running;

/// <summary>A bucket in a folder and a key, and the engine that takes a cluster there and back.</summary>
internal sealed class Bucket : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _group;
    private readonly KubernetesClient _cluster;
    private readonly BareLocation _location;

    private Bucket(string folder, ClusterRoom room, BareLocation location)
    {
        _folder = folder;
        _group = room.Group;
        _cluster = room.Client;
        _location = location;
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        KeyFile = Path.Combine(folder, "keys", "backup.key");
        File.WriteAllBytes(KeyFile, RandomNumberGenerator.GetBytes(32));
    }

    public string KeyFile { get; }

    /// <summary>The folder that holds the bucket, the keys and whatever a test puts there.</summary>
    public string Folder => _folder;

    public IObjectStore Store => _location.Store;

    /// <summary>The location's manifest, for the program.</summary>
    public string Manifest
    {
        get
        {
            var path = Path.Combine(_folder, "location.json");
            File.WriteAllText(path, $$$"""
                {"apiVersion":"velero.io/v1","kind":"BackupStorageLocation","metadata":{"name":"default","namespace":"velero"},
                 "spec":{"provider":"aeos.io/filesystem","objectStorage":{"bucket":"bucket"},"config":{"root":"{{{_folder}}}"} } }
                """);
            return path;
        }
    }

    public static async Task<Bucket> CreateAsync(ClusterRoom room)
    {
        var folder = Directory.CreateTempSubdirectory("aeos-cluster-test-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "bucket"));
        var spec = new LocationSpec("aeos.io/filesystem", "bucket", "", new Dictionary<string, string> { ["root"] = folder });
        return new Bucket(folder, room, await new LocationOpener(static _ => null, NullLogger.Instance).OpenBareAsync(spec, default));
    }

    public Task<BackupEncryption> EncryptionAsync(ArchiveEncryptionFormat format = ArchiveEncryptionFormat.Message, EncryptionScope scope = EncryptionScope.Archive)
        => BackupEncryption.PrepareAsync(new FileKeyRetriever(KeyFile), format, scope, static _ => { }, default);

    /// <summary>Backs up; errors of the backup are the test's.</summary>
    public async Task<BackupOutcome> BackUpAsync(string name, BackupSpec spec, BackupEncryption? encryption = null, string @namespace = "velero")
    {
        var request = new BackupRequest { Name = name, Spec = spec, Encryption = encryption, Namespace = @namespace };
        var outcome = await new BackupEngine(_cluster, _location.Store, _location.Domain, TimeProvider.System).RunAsync(request, null, default);
        Errors(outcome).ShouldBeEmpty();
        return outcome;
    }

    /// <summary>The backup's errors, without those about types that other tests define and remove meanwhile.</summary>
    public IReadOnlyList<string> Errors(BackupOutcome outcome) => [.. Messages(outcome.Results.Errors)
        .Where(message => !message.Contains(".aeos.test", StringComparison.Ordinal) || message.Contains(_group, StringComparison.Ordinal))];

    public Task<BackupOutcome> BackUpAsync(string name, params string[] namespaces) => BackUpAsync(name, new BackupSpec { IncludedNamespaces = namespaces });

    /// <summary>Restores; errors are the test's to look at.</summary>
    public async Task<(RestoreDocument Document, RestoreOutcome Outcome)> RestoreAsync(RestoreSpec spec, string name = "again", bool withKey = true, KeyScope? scope = null, ClusterRoom? into = null)
    {
        using var key = WrappingKey.FromBytes(await File.ReadAllBytesAsync(KeyFile));
        var job = new RestoreJob
        {
            Cluster = into?.Client ?? _cluster,
            Bucket = new BucketReader(_location.Store, new ReadingKeys(withKey ? [key] : [], scope ?? new KeyScope()), null),
            Store = _location.Store,
        };
        return await job.RunAsync(new RestoreOptions { Name = name, Spec = spec, SpoolFolder = _folder }, default);
    }

    /// <summary>Restores; errors fail the test.</summary>
    public async Task<RestoreOutcome> RestoreCleanlyAsync(RestoreSpec spec, string name = "again", ClusterRoom? into = null)
    {
        var (_, outcome) = await RestoreAsync(spec, name, into: into);
        Messages(outcome.Errors).ShouldBeEmpty();
        return outcome;
    }

    public Task<RestoreOutcome> RestoreCleanlyAsync(string backup, string name = "again") => RestoreCleanlyAsync(new RestoreSpec { BackupName = backup }, name);

    public static IReadOnlyList<string> Messages(ResultMessages messages)
        => [.. messages.Velero, .. messages.Cluster, .. messages.Namespaces.SelectMany(static pair => pair.Value.Select(message => $"{pair.Key}: {message}"))];

    public async Task PutAsync(string key, byte[] content)
    {
        await using var writer = await _location.Store.CreateAsync(key, default);
        await writer.WriteAsync(content);
        await writer.CommitAsync(default);
    }

    /// <summary>Puts a backup of these bytes into the bucket.</summary>
    public async Task PutBackupAsync(string name, byte[] archive, string status = "", string labels = "", string phase = "Completed")
    {
        var keys = new BackupKeys(name);
        await PutAsync(keys.Archive, archive);
        await PutAsync(keys.Document, Encoding.UTF8.GetBytes(
            $$$"""{"kind":"Backup","apiVersion":"velero.io/v1","metadata":{"name":"{{{name}}}","labels":{ {{{labels}}} } },"spec":{},"status":{"phase":"{{{phase}}}"{{{status}}}}}"""));
    }

    /// <summary>An object's bytes as they lie in the bucket.</summary>
    public byte[] Stored(string key) => File.ReadAllBytes(Path.Combine(_folder, "bucket", key));

    /// <summary>All keys in the bucket.</summary>
    public async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var key in _location.Store.ListAsync("", default))
        {
            keys.Add(key);
        }

        return keys;
    }

    /// <summary>A companion object of a backup that is not encrypted.</summary>
    public JsonNode Companion(string key) => JsonNode.Parse(Unpack(Stored(key)))!;

    /// <summary>A gzip object that is not encrypted, as text.</summary>
    public string Text(string key) => Encoding.UTF8.GetString(Unpack(Stored(key)));

    /// <summary>The items of a backup's archive, as a foreign reader sees them, by <c>TYPE/NAMESPACE/NAME</c> or <c>TYPE/NAME</c>.</summary>
    public SortedDictionary<string, JsonObject> Items(string backup)
    {
        var items = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (name, content) in Entries(backup))
        {
            var path = name.Split('/');
            if (path[0] == "resources" && path[2] is "cluster" or "namespaces")
            {
                items.Add($"{path[1]}/{string.Join('/', path[3..])[..^5]}", (JsonObject)JsonNode.Parse(content)!);
            }
        }

        return items;
    }

    /// <summary>The entries of a backup's archive, as a foreign reader sees them.</summary>
    public SortedDictionary<string, string> Entries(string backup)
    {
        using var tar = new TarReader(new MemoryStream(Unpack(Stored(new BackupKeys(backup).Archive))));
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            using var reader = new StreamReader(entry.DataStream ?? Stream.Null);
            entries.Add(entry.Name, reader.ReadToEnd());
        }

        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await _location.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var plain = new MemoryStream();
        new GZipStream(new MemoryStream(packed), CompressionMode.Decompress).CopyTo(plain);
        return plain.ToArray();
    }
}
