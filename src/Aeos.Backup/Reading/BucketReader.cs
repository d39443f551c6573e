using System.IO.Compression;
using System.Runtime.CompilerServices;
using Aeos.Backup.Keys;
using Aeos.Encryption;
using Aeos.Encryption.AesGcm;
using Aeos.Encryption.Messages;
using Aeos.ObjectStore;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Reading;

/// <summary>
/// Reads what backups and restores left in a bucket, Velero's own as well. What is encrypted, an object's own bytes say; what its backup's document says is a
/// hint, and needed only for the proposal's format, whose bytes say nothing.
/// </summary>
/// <param name="store">The bare store, with keys relative to the location's prefix.</param>
/// <param name="keys">Where keys come from, once they are needed.</param>
/// <param name="domain">What messages must be bound to besides their key; null for nothing.</param>
public sealed class BucketReader(IObjectStore store, ReadingKeys keys, string? domain)
{
    /// <summary>The largest document that is read, in bytes: 16 MiB.</summary>
    public const int LongestDocument = 16 << 20;

    /// <summary>The largest list or results object that is read whole, unpacked, in bytes: 256 MiB.</summary>
    public const int LongestCompanion = 256 << 20;

    private const string TamperedRemedy = "Somebody exchanged the archive or its document: take another copy of the backup, or another backup.";

    /// <summary>Whether one of the objects beside a backup's archive has to be encrypted. Those of restores do not depend on the backup's scope.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="said">What is said of the backup's encryption: by its resource in the cluster, or else by its document.</param>
    public static bool MustBeEncrypted(string key, EncryptionStatus? said)
    {
        ArgumentNullException.ThrowIfNull(key);
        return said is { IsEncrypted: true, Scope: EncryptionStatus.AllScope } && key.StartsWith(BackupKeys.Root, StringComparison.Ordinal);
    }

    /// <summary>The names of all backups that have a document, in order.</summary>
    public async IAsyncEnumerable<string> ListBackupsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var folder in store.ListCommonPrefixesAsync(BackupKeys.Root, "/", cancellationToken).ConfigureAwait(false))
        {
            var name = folder[BackupKeys.Root.Length..].TrimEnd('/');
            if (name.Length > 0 && await store.ExistsAsync(new BackupKeys(name).Document, cancellationToken).ConfigureAwait(false))
            {
                yield return name;
            }
        }
    }

    /// <summary>Reads a backup's document.</summary>
    /// <exception cref="AeosException">There is no such backup, or no Backup's JSON.</exception>
    public async Task<BackupDocument> ReadBackupAsync(string name, CancellationToken cancellationToken)
    {
        var key = new BackupKeys(OperationName.Checked(name, "backup")).Document;
        try
        {
            var content = await OpenPackedAsync(key, null, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                return BackupDocument.Parse(await ReadWholeAsync(content, key, LongestDocument, cancellationToken).ConfigureAwait(false), key);
            }
        }
        catch (ObjectNotFoundException e)
        {
            throw new AeosException(
                $"there is no backup {Printable.Quote(name)} in the location: \"{key}\" is not there", "List the backups with \"aeos backup get --location FILE\".", e);
        }
    }

    /// <summary>The names of all restores that left something, in order; of Velero's own that is no document.</summary>
    public async IAsyncEnumerable<string> ListRestoresAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var folder in store.ListCommonPrefixesAsync(RestoreKeys.Root, "/", cancellationToken).ConfigureAwait(false))
        {
            yield return folder[RestoreKeys.Root.Length..].TrimEnd('/');
        }
    }

    /// <summary>Reads a restore's document; null when there is none.</summary>
    /// <exception cref="AeosException">The name is none, or there is no Restore's JSON.</exception>
    public async Task<RestoreDocument?> TryReadRestoreAsync(string name, CancellationToken cancellationToken)
    {
        var key = new RestoreKeys(OperationName.Checked(name, "restore")).Document;
        try
        {
            var content = await OpenPackedAsync(key, null, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                return RestoreDocument.Parse(await ReadWholeAsync(content, key, LongestDocument, cancellationToken).ConfigureAwait(false), key);
            }
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Opens a backup's archive, decrypted; gzip comes out, verified up to the stream's end or its error.</summary>
    /// <param name="name">The backup's name.</param>
    /// <param name="hint">What its document says of its encryption.</param>
    /// <param name="requireEncryption">Whether an archive that is not encrypted is refused.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">No key opens it, or it is not what it has to be.</exception>
    public async Task<Stream> OpenArchiveAsync(string name, EncryptionStatus? hint, bool requireEncryption, CancellationToken cancellationToken)
    {
        var key = new BackupKeys(name).Archive;
        var (isMessage, content) = await PeekAsync(key, cancellationToken).ConfigureAwait(false);
        if (isMessage)
        {
            return await DecryptAsync(content, key, hint, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return (hint?.IsEncrypted == true ? hint.Format ?? EncryptionStatus.AesGcmFormat : "") switch
            {
                EncryptionStatus.AesGcmFormat => await DecryptBlobAsync(content, key, hint, cancellationToken).ConfigureAwait(false),
                "" when !requireEncryption => content,
                "" => throw new ObjectRefusedException(
                    key,
                    "it is not encrypted, and encryption is required",
                    "If the backup is from before encryption was switched on and the bucket is trusted, leave --require-encryption out."),
                EncryptionStatus.MessageFormat => throw new ObjectRefusedException(
                    key, "it is not encrypted, though its backup's document says that it is", TamperedRemedy),
                var format => throw new ObjectRefusedException(
                    key,
                    $"it is said to be encrypted in the format {Printable.Quote(format)}; known are {EncryptionStatus.MessageFormat} and {EncryptionStatus.AesGcmFormat}",
                    "Restore it with the program that wrote it."),
            };
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens one of the gzip objects beside an archive, or of a restore's, decrypted when it is a message, and unpacked.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="hint">What the backup's document says of its encryption; null: nothing.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    /// <exception cref="AeosException">No key opens it, or it is not encrypted and has to be.</exception>
    public async Task<Stream> OpenCompanionAsync(string key, EncryptionStatus? hint, CancellationToken cancellationToken)
        => new GZipStream(await OpenPackedAsync(key, hint, cancellationToken).ConfigureAwait(false), CompressionMode.Decompress);

    /// <summary>Opens the same as it was before it was encrypted: gzip comes out.</summary>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    /// <exception cref="AeosException">No key opens it, or it is not encrypted and has to be.</exception>
    public async Task<Stream> OpenPackedAsync(string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        var (isMessage, content) = await PeekAsync(key, cancellationToken).ConfigureAwait(false);
        if (isMessage)
        {
            return await DecryptAsync(content, key, hint, cancellationToken).ConfigureAwait(false);
        }

        if (MustBeEncrypted(key, hint))
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw new ObjectRefusedException(
                key,
                "it is not encrypted, though its backup says that all of its objects are",
                "Somebody exchanged it: do not believe what it says. The archive is verified by itself, and can be restored if it is genuine.");
        }

        return content;
    }

    /// <summary>The same, read whole.</summary>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    /// <exception cref="AeosException">No key opens it, it was changed, it is no gzip, or it is too long.</exception>
    public async Task<byte[]> ReadCompanionAsync(string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        var content = await OpenCompanionAsync(key, hint, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            try
            {
                return await ReadWholeAsync(content, key, LongestCompanion, cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidDataException e)
            {
                throw new AeosException($"\"{key}\" is not gzip: it was damaged or put there by something else", "Look at it with \"aeos store get\".", e);
            }
        }
    }

    /// <summary>The same; null when there is none, as in older backups.</summary>
    public async Task<byte[]?> TryReadCompanionAsync(string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadCompanionAsync(key, hint, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    private async Task<(bool IsMessage, Stream Content)> PeekAsync(string key, CancellationToken cancellationToken)
        => await MessagePrefix.PeekAsync(await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task<Stream> DecryptAsync(Stream content, string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        try
        {
            var keyring = await keys.ForAsync(hint, key, cancellationToken).ConfigureAwait(false);
            return await BoundMessage.DecryptAsync(content, keyring, key, domain, cancellationToken).ConfigureAwait(false);
        }
        catch (MessageRefusedException refusal)
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw Refused(key, hint, refusal);
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Stream> DecryptBlobAsync(Stream content, string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        await using (content.ConfigureAwait(false))
        {
            try
            {
                var keyring = await keys.ForAsync(hint, key, cancellationToken).ConfigureAwait(false);
                return await AesGcmBlob.OpenAsync(content, keyring, AesGcmBlob.DefaultLimit, cancellationToken).ConfigureAwait(false);
            }
            catch (MessageRefusedException refusal)
            {
                throw Refused(key, hint, refusal);
            }
        }
    }

    private static ObjectRefusedException Refused(string key, EncryptionStatus? hint, MessageRefusedException refusal)
        => new(key, new MessageRefusedException($"{refusal.Cause}{ReadingKeys.Describe(hint)}", refusal.Remedy, refusal));

    private static async Task<byte[]> ReadWholeAsync(Stream content, string key, int limit, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            whole.Write(buffer, 0, read);
            if (whole.Length > limit)
            {
                throw new AeosException($"\"{key}\" is longer than {limit >> 20} MiB unpacked", "Look at it with \"aeos store get\", and at who can write to the bucket.");
            }
        }

        return whole.ToArray();
    }
}
