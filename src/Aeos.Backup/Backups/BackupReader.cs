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

namespace Aeos.Backup.Backups;

/// <summary>Reads backups out of a bucket, Velero's own as well, decrypted. An object's bytes decide whether it is encrypted; its document is a hint.</summary>
/// <param name="store">The bare store, with keys relative to the location's prefix.</param>
/// <param name="domain">What messages are bound to besides their key; null for nothing.</param>
/// <param name="keys">Where keys come from, once they are needed.</param>
public sealed class BackupReader(IObjectStore store, string? domain, ReadingKeys keys)
{
    // Far above any document, results or list that a person reads; a bound on memory.
    private const int LongestText = 256 << 20;
    private const int LongestDocument = 16 << 20;

    /// <summary>The names of all backups that have a document, in order.</summary>
    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
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

    /// <summary>A backup's document.</summary>
    /// <exception cref="AeosException">There is no such backup, or its document is none.</exception>
    public async Task<BackupDocument> ReadDocumentAsync(string name, CancellationToken cancellationToken)
    {
        BackupName.Check(name);
        var key = new BackupKeys(name).Document;
        try
        {
            var stored = await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            await using (stored.ConfigureAwait(false))
            {
                var (isMessage, content) = await MessagePrefix.PeekAsync(stored, cancellationToken).ConfigureAwait(false);
                var plain = isMessage ? await DecryptAsync(key, content, null, cancellationToken).ConfigureAwait(false) : content;
                await using (plain.ConfigureAwait(false))
                {
                    return BackupDocument.Parse(await ReadWholeAsync(plain, key, LongestDocument, cancellationToken).ConfigureAwait(false), key);
                }
            }
        }
        catch (ObjectNotFoundException e)
        {
            throw new AeosException($"there is no backup {Printable.Quote(name)} in the location", "List the backups with \"aeos backup get\".", e);
        }
    }

    /// <summary>Opens one of a backup's objects, decrypted. What comes out has been verified, up to the stream's end or its error.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="status">What the backup's document says of its encryption.</param>
    /// <param name="isArchive">Whether it is the archive: the only object that the proposal's format has.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">It is not there, no key opens it, or it was changed.</exception>
    public async Task<Stream> OpenAsync(string key, EncryptionStatus? status, bool isArchive, CancellationToken cancellationToken)
    {
        var stored = await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        try
        {
            var (isMessage, content) = await MessagePrefix.PeekAsync(stored, cancellationToken).ConfigureAwait(false);
            if (isMessage)
            {
                return await DecryptAsync(key, content, status, cancellationToken).ConfigureAwait(false);
            }

            if (!isArchive || status is not { IsEncrypted: true })
            {
                return content;
            }

            return status.Format is null or EncryptionStatus.AesGcmFormat
                ? await DecryptBlobAsync(content, status, cancellationToken).ConfigureAwait(false)
                : throw new ObjectRefusedException(key, "its backup says that it is encrypted, and it is not", "Take it for forged, or for damaged.");
        }
        catch
        {
            await stored.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads one of a backup's gzip objects whole, decrypted and unpacked; null when it is not there.</summary>
    /// <exception cref="AeosException">No key opens it, it was changed, or it is no gzip.</exception>
    public async Task<byte[]?> ReadTextAsync(string key, EncryptionStatus? status, CancellationToken cancellationToken)
    {
        try
        {
            var content = await OpenAsync(key, status, isArchive: false, cancellationToken).ConfigureAwait(false);
            var gzip = new GZipStream(content, CompressionMode.Decompress);
            await using (gzip.ConfigureAwait(false))
            {
                return await ReadWholeAsync(gzip, key, LongestText, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
        catch (InvalidDataException e)
        {
            throw new AeosException($"\"{key}\" is not gzip: it was damaged or put there by something else", "Look at it with \"aeos store get\".", e);
        }
    }

    private async Task<Stream> DecryptAsync(string key, Stream content, EncryptionStatus? status, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> context = [new(EncryptionContext.ObjectKey, key)];
        if (domain is not null)
        {
            context.Add(new(EncryptionContext.DomainKey, domain));
        }

        try
        {
            var keyring = await keys.ForAsync(status, cancellationToken).ConfigureAwait(false);
            return await DecryptingStream.OpenAsync(content, keyring, EncryptionContext.Create(context), cancellationToken).ConfigureAwait(false);
        }
        catch (MessageRefusedException e) when (e is not ObjectRefusedException)
        {
            throw new ObjectRefusedException(key, e);
        }
    }

    private async Task<Stream> DecryptBlobAsync(Stream content, EncryptionStatus status, CancellationToken cancellationToken)
    {
        await using (content.ConfigureAwait(false))
        {
            var plain = new MemoryStream();
            var keyring = await keys.ForAsync(status, cancellationToken).ConfigureAwait(false);
            await AesGcmBlob.DecryptAsync(content, plain, keyring, AesGcmBlob.DefaultLimit, cancellationToken).ConfigureAwait(false);
            plain.Position = 0;
            return plain;
        }
    }

    private static async Task<byte[]> ReadWholeAsync(Stream content, string key, int limit, CancellationToken cancellationToken)
    {
        var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            whole.Write(buffer, 0, read);
            if (whole.Length > limit)
            {
                throw new AeosException($"\"{key}\" is longer than {limit >> 20} MiB unpacked", "Look at it with \"aeos store get\".");
            }
        }

        return whole.ToArray();
    }
}
