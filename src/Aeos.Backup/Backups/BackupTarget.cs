using System.Collections.Concurrent;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Layout;

namespace Aeos.Backup.Backups;

/// <summary>Where one backup's objects are written: each in the clear or encrypted, as the request says.</summary>
/// <param name="store">The bare store; its keys are relative to the location's prefix.</param>
/// <param name="domain">What messages are bound to besides their key; null for nothing.</param>
/// <param name="encryption">How; null: not at all.</param>
/// <param name="keys">The backup's keys.</param>
internal sealed class BackupTarget(IObjectStore store, string? domain, BackupEncryption? encryption, BackupKeys keys)
{
    private readonly ConcurrentStack<string> _committed = [];

    public BackupKeys Keys { get; } = keys;

    /// <summary>Refuses a name that any object in the bucket has already.</summary>
    /// <exception cref="AeosException">There is one.</exception>
    public async Task RequireFreeNameAsync(CancellationToken cancellationToken)
    {
        await foreach (var key in store.ListAsync(Keys.Folder, cancellationToken).ConfigureAwait(false))
        {
            throw new AeosException(
                $"there is a backup \"{Keys.Name}\" in the bucket already: \"{key}\"", "Give the backup another name, or delete that one first.");
        }
    }

    public async Task<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        var writer = new NotedWriter(await store.CreateAsync(key, cancellationToken).ConfigureAwait(false), () => _committed.Push(key));
        try
        {
            return encryption is not null && IsEncrypted(key) ? Encrypted(key, writer, encryption) : writer;
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Takes away what was committed of a backup that did not come to its end, or may have been: the last first, since the document makes the rest a backup. Ends at
    /// the first object that the store does not take away: without those before it a document would claim too much, and a store that is gone would be waited for
    /// again and again.
    /// </summary>
    public async Task RemoveAsync()
    {
        foreach (var key in _committed)
        {
            try
            {
                await store.DeleteAsync(key, CancellationToken.None).ConfigureAwait(false);
            }
            catch (ObjectNotFoundException)
            {
                // Its commit was what failed.
            }
            catch (ObjectStoreException)
            {
                // The failure that led here is the one to tell.
                return;
            }
        }
    }

    private bool IsEncrypted(string key) => key == Keys.Archive || (encryption?.Scope == EncryptionScope.All && key != Keys.Document);

    // The keyring is not disposed: the key is the request's.
    private ObjectWriter Encrypted(string key, ObjectWriter writer, BackupEncryption how) => how.Format == ArchiveEncryptionFormat.AesGcm
        ? new AesGcmWriter(writer, how.Key)
        : BoundMessage.Encrypt(writer, new Keyring([how.Key]), key, domain);
}
