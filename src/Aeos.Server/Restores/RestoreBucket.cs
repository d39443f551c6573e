using Aeos.Backup.Backups;
using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Encrypted;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aeos.Server.Restores;

/// <summary>The bucket that a restore reads from and leaves its records in, with the keys for both.</summary>
internal sealed class RestoreBucket : IAsyncDisposable
{
    private readonly BareLocation _location;
    private readonly WrappingKey? _own;
    private readonly ReadingKeys _keys;
    private readonly BackupEncryption? _encryption;
    private readonly Keyring? _keyring;

    private RestoreBucket(ServerContext server, BareLocation location, WrappingKey? own, BackupEncryption? encryption, ILogger log)
    {
        (_location, _own, _encryption) = (location, own, encryption);
        var scope = new KeyScope { Cluster = server.Cluster, Namespace = server.Options.Namespace };
        _keys = new ReadingKeys(own is null ? location.Keys : [own, .. location.Keys], scope);
        Reader = new BucketReader(location.Store, _keys, location.Domain);
        if (encryption is not null)
        {
            _keyring = new Keyring([WrappingKey.FromBytes(encryption.Key.Bytes)]);

            // Not disposed: it would dispose the store, which is the location's.
            Companions = new EncryptedObjectStore(location.Store, _keyring, EncryptionScope.All, location.Domain, allowPlaintext: true, log);
        }
    }

    /// <summary>The bare store.</summary>
    public IObjectStore Store => _location.Store;

    /// <summary>Reads it, with the location's keys, the server's own, and those that backups point at in the server's namespace.</summary>
    public BucketReader Reader { get; }

    /// <summary>Takes a restore's log and lists; null: they are not encrypted.</summary>
    public IObjectStore? Companions { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="AeosException">The location cannot be opened, or the server encrypts all and has no key.</exception>
    public static async Task<RestoreBucket> OpenAsync(ServerContext server, BackupStorageLocationDocument location, ILogger log, CancellationToken cancellationToken)
    {
        var opened = await server.Locations.OpenAsync(location, cancellationToken).ConfigureAwait(false);
        WrappingKey? own = null;
        try
        {
            own = await server.Encryption.TryFetchOwnKeyAsync(cancellationToken).ConfigureAwait(false);

            // Not as the backup was encrypted: what the bucket says of that must not switch it off.
            var encryption = server.Options is { EnableEncryption: true, EncryptionScope: EncryptionScope.All }
                ? await server.Encryption.PrepareAsync(new BackupSpec(), cancellationToken).ConfigureAwait(false)
                : null;
            return new RestoreBucket(server, opened, own, encryption, log);
        }
        catch
        {
            own?.Dispose();
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens it for someone who writes no records.</summary>
    /// <exception cref="AeosException">The location cannot be opened.</exception>
    public static async Task<RestoreBucket> OpenToReadAsync(ServerContext server, BackupStorageLocationDocument location, CancellationToken cancellationToken)
        => new(server, await server.Locations.OpenAsync(location, cancellationToken).ConfigureAwait(false), null, null, NullLogger.Instance);

    /// <summary>Whether the name is taken by the record of another restore.</summary>
    /// <exception cref="ObjectStoreException">The bucket is away.</exception>
    public async Task<bool> IsOfAnotherAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        try
        {
            return await Reader.TryReadRestoreAsync(restore.Metadata.Name, cancellationToken).ConfigureAwait(false) is { } record
                && record.Metadata.Uid != restore.Metadata.Uid;
        }
        catch (AeosException failure) when (failure is not ObjectStoreException)
        {
            // Damaged: nobody can use it.
            return false;
        }
    }

    /// <summary>Reads what a restore left, if it was this very one.</summary>
    /// <returns>Its record; null when there is none that can be read.</returns>
    /// <exception cref="ObjectStoreException">The bucket is away.</exception>
    public async Task<RestoreDocument?> TryReadRecordAsync(RestoreDocument restore, CancellationToken cancellationToken)
    {
        try
        {
            return await Reader.TryReadRestoreAsync(restore.Metadata.Name, cancellationToken).ConfigureAwait(false) is { } record
                && record.Metadata.Uid == restore.Metadata.Uid ? record : null;
        }
        catch (AeosException failure) when (failure is not ObjectStoreException)
        {
            // Damaged, or somebody else's.
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _keys.Dispose();
        _own?.Dispose();
        _keyring?.Dispose();
        _encryption?.Dispose();
        await _location.DisposeAsync().ConfigureAwait(false);
    }
}
