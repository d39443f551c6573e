using Aeos.Backup.Keys;
using Aeos.Backup.Reading;
using Aeos.Encryption;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Locations;
using Aeos.Server.Downloads.Addresses;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Server.Downloads.Serving;

/// <summary>Hands out what backups and restores left in the locations of the server's namespace.</summary>
/// <param name="server">The server.</param>
internal sealed class LocationDownloads(ServerContext server) : IDownloadSource, IDisposable
{
    // An archive in the proposal's format is verified as a whole before any of it is handed out, in memory.
    private readonly SemaphoreSlim _whole = new(1);

    public async Task<Stream> OpenAsync(DownloadAddress address, CancellationToken cancellationToken)
    {
        var document = await server.BackupStorageLocations.TryGetAsync(address.Location, cancellationToken).ConfigureAwait(false)
            ?? throw new ObjectNotFoundException(address.Key, $"the location {Printable.Quote(address.Location)}, which is not there any more");
        var owned = new OwnedParts(await server.Locations.OpenAsync(document, cancellationToken).ConfigureAwait(false));
        try
        {
            if (owned.Location.Spec.Bucket != address.Bucket)
            {
                throw new ObjectNotFoundException(address.Key, $"the location {Printable.Quote(address.Location)}, which has another bucket by now");
            }

            // A restore's objects are encrypted with the server's own key, whatever its backup was encrypted with.
            owned.Own = await server.Encryption.TryFetchOwnKeyAsync(cancellationToken).ConfigureAwait(false);
            var scope = new KeyScope { Cluster = server.Cluster, Namespace = server.Options.Namespace };
            owned.Reading = new ReadingKeys(owned.Own is { } own ? [own, .. owned.Location.Keys] : owned.Location.Keys, scope);
            var reader = new BucketReader(owned.Location.Store, owned.Reading, owned.Location.Domain);
            return new OwningStream(await OpenAsync(reader, address, owned, cancellationToken).ConfigureAwait(false), owned.DisposeAsync);
        }
        catch
        {
            await owned.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public void Dispose() => _whole.Dispose();

    private async Task<Stream> OpenAsync(BucketReader reader, DownloadAddress address, OwnedParts owned, CancellationToken cancellationToken)
    {
        var backup = await FindBackupAsync(address, cancellationToken).ConfigureAwait(false)
            ?? throw new ObjectNotFoundException(address.Key, $"the location {Printable.Quote(address.Location)}: its Backup is not there any more");
        var hint = backup.Status.Encryption ?? await FindHintAsync(reader, backup.Metadata.Name, cancellationToken).ConfigureAwait(false);
        if (address.IsArchive && hint is { IsEncrypted: true, Format: null or EncryptionStatus.AesGcmFormat })
        {
            await _whole.WaitAsync(cancellationToken).ConfigureAwait(false);
            owned.Turn = _whole;
        }

        return address.IsArchive
            ? await reader.OpenArchiveAsync(backup.Metadata.Name, hint, server.Options.RequireEncryption, cancellationToken).ConfigureAwait(false)
            : await reader.OpenPackedAsync(address.Key, hint, cancellationToken).ConfigureAwait(false);
    }

    private async Task<BackupDocument?> FindBackupAsync(DownloadAddress address, CancellationToken cancellationToken)
    {
        var name = address.Key.Split('/')[1];
        if (address.Key.StartsWith(RestoreKeys.Root, StringComparison.Ordinal))
        {
            name = (await server.Restores.TryGetAsync(name, cancellationToken).ConfigureAwait(false))?.Spec.BackupName;
        }

        return name is { Length: > 0 } ? await server.Backups.TryGetAsync(name, cancellationToken).ConfigureAwait(false) : null;
    }

    // Velero's own definition of Backups drops the field; the document in the bucket keeps it.
    private static async Task<EncryptionStatus?> FindHintAsync(BucketReader reader, string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await reader.ReadBackupAsync(name, cancellationToken).ConfigureAwait(false)).Status.Encryption;
        }
        catch (AeosException)
        {
            return null;
        }
    }

    private sealed class OwnedParts(BareLocation location) : IAsyncDisposable
    {
        public BareLocation Location { get; } = location;

        public WrappingKey? Own { get; set; }

        public ReadingKeys? Reading { get; set; }

        public SemaphoreSlim? Turn { get; set; }

        public async ValueTask DisposeAsync()
        {
            Turn?.Release();
            Reading?.Dispose();
            Own?.Dispose();
            await Location.DisposeAsync().ConfigureAwait(false);
        }
    }
}
