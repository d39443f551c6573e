using Aeos.Backup.Filters;
using Aeos.Cli.Backups;
using Aeos.Cli.Listings;
using Aeos.Cli.Restores;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Engine;

/// <summary>Records in a bucket, decrypted here. Owns the bucket.</summary>
/// <param name="bucket">The bucket.</param>
/// <param name="requireEncryption">Whether an archive that is not encrypted is refused.</param>
internal sealed class BucketRecords(OpenedBucket bucket, bool requireEncryption) : IRecords
{
    public Task<FoundResources<BackupDocument>> FindBackupsAsync(IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken) =>
        StoredBackups.FindAsync(bucket.Reader, names, selector, cancellationToken);

    public Task<FoundResources<RestoreDocument>> FindRestoresAsync(IReadOnlyList<string> names, Selector? selector, CancellationToken cancellationToken) =>
        StoredRestores.FindAsync(bucket.Reader, names, selector, cancellationToken);

    public Task<Companion> ReadAsync(RecordPart part, BackupDocument backup, CancellationToken cancellationToken) =>
        bucket.ReadCompanionAsync(part.Key, backup.Status.Encryption, cancellationToken);

    public async Task<Companion> ReadAsync(RecordPart part, RestoreDocument restore, CancellationToken cancellationToken) =>
        await bucket.ReadCompanionAsync(part.Key, await RestoreHint.FindAsync(bucket, restore, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public Task<Stream> OpenLogAsync(BackupDocument backup, CancellationToken cancellationToken) =>
        bucket.Reader.OpenCompanionAsync(RecordPart.BackupLog(backup.Metadata.Name).Key, backup.Status.Encryption, cancellationToken);

    public async Task<Stream> OpenLogAsync(RestoreDocument restore, CancellationToken cancellationToken) => await bucket.Reader.OpenCompanionAsync(
        RecordPart.RestoreLog(restore.Metadata.Name).Key,
        await RestoreHint.FindAsync(bucket, restore, cancellationToken).ConfigureAwait(false),
        cancellationToken).ConfigureAwait(false);

    public Task<Stream> OpenArchiveAsync(BackupDocument backup, CancellationToken cancellationToken) =>
        bucket.Reader.OpenArchiveAsync(backup.Metadata.Name, backup.Status.Encryption, requireEncryption, cancellationToken);

    public Task<IReadOnlyList<DeleteBackupRequestDocument>> FindDeletionsAsync(BackupDocument backup, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeleteBackupRequestDocument>>([]);

    public async Task<string?> GlanceAsync(BackupDocument backup, CancellationToken cancellationToken) =>
        await ArchiveGlance.TakeAsync(bucket.Store, new BackupKeys(backup.Metadata.Name), backup.Status.Encryption, cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => bucket.DisposeAsync();
}
