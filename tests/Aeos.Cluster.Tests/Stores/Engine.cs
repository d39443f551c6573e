using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Backup.Restores;
using Aeos.Cluster.Tests.Running;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>Backs a cluster up into any store, encrypted, and restores it from there.</summary>
/// <param name="room">The cluster.</param>
/// <param name="store">The store, as bare as it is.</param>
/// <param name="keyFile">The key's file.</param>
internal sealed class Engine(ClusterRoom room, IObjectStore store, string keyFile)
{
    /// <summary>The restore's folder for the archive while it is verified; null: the system's.</summary>
    public string? SpoolFolder { get; init; }

    public async Task<BackupOutcome> BackUpAsync(string name, params string[] namespaces)
    {
        using var encryption = await BackupEncryption.PrepareAsync(new FileKeyRetriever(keyFile), ArchiveEncryptionFormat.Message, EncryptionScope.Archive, static _ => { }, default);
        var request = new BackupRequest { Name = name, Spec = new BackupSpec { IncludedNamespaces = namespaces }, Encryption = encryption };
        return await new BackupEngine(room.Client, store, null, TimeProvider.System).RunAsync(request, null, default);
    }

    public async Task<(RestoreDocument Document, RestoreOutcome Outcome)> RestoreAsync(string name, string backup, CancellationToken cancellationToken = default)
    {
        using var key = WrappingKey.FromBytes(await File.ReadAllBytesAsync(keyFile, cancellationToken));
        var job = new RestoreJob { Cluster = room.Client, Store = store, Bucket = new BucketReader(store, new ReadingKeys([key], new KeyScope()), null) };
        return await job.RunAsync(new RestoreOptions { Name = name, Spec = new() { BackupName = backup }, SpoolFolder = SpoolFolder }, cancellationToken);
    }
}
