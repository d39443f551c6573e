using System.IO.Compression;
using Aeos.Encryption;
using Aeos.Encryption.AesGcm;
using Aeos.Encryption.Messages;
using Aeos.ObjectStore;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Restores.Reading;

/// <summary>
/// Reads what backups and restores left in a bucket. What is encrypted, an object's own bytes say; what its backup's document says is a hint, and needed
/// only for the proposal's format, whose bytes say nothing.
/// </summary>
/// <param name="store">The location's store, not decrypting.</param>
/// <param name="keys">The keys.</param>
/// <param name="domain">What messages must be bound to besides their key; null for nothing.</param>
public sealed class BucketReader(IObjectStore store, ReadKeys keys, string? domain)
{
    /// <summary>The largest document or list that is read whole, unpacked: 64 MiB.</summary>
    public const int MaxDocumentBytes = 64 * 1024 * 1024;

    private const string TamperedRemedy = "Somebody exchanged the archive or its document: restore from another copy of the backup, or from another backup.";

    /// <summary>Reads a backup's document.</summary>
    /// <exception cref="AeosException">There is no such backup, or no Backup's JSON.</exception>
    public async Task<BackupDocument> ReadBackupAsync(string name, CancellationToken cancellationToken)
    {
        var key = new BackupKeys(name).Document;
        try
        {
            await using var content = await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            return BackupDocument.Parse(await ReadWholeAsync(content, key, cancellationToken).ConfigureAwait(false), key);
        }
        catch (ObjectNotFoundException e)
        {
            throw new AeosException(
                $"there is no backup {Printable.Quote(name)} in the location: \"{key}\" is not there", "List the backups with \"aeos backup get --location FILE\".", e);
        }
    }

    /// <summary>Opens a backup's archive, decrypting; gzip comes out.</summary>
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
                "" => throw new AeosException(
                    $"the archive \"{key}\" is not encrypted, and encryption is required",
                    "If the backup is from before encryption was switched on and the bucket is trusted, leave --require-encryption out."),
                EncryptionStatus.MessageFormat => throw new AeosException(
                    $"the archive \"{key}\" is not encrypted, though its backup's document says that it is", TamperedRemedy),
                var format => throw new AeosException(
                    $"the archive \"{key}\" is said to be encrypted in the format {Printable.Quote(format)}; known are {EncryptionStatus.MessageFormat} and {EncryptionStatus.AesGcmFormat}",
                    "Restore it with the program that wrote it."),
            };
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a companion object, decrypting when it is a message, and unpacked.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="hint">What the backup's document says of the key; null: nothing.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    public async Task<Stream> OpenCompanionAsync(string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        var (isMessage, content) = await PeekAsync(key, cancellationToken).ConfigureAwait(false);
        return new GZipStream(
            isMessage ? await DecryptAsync(content, key, hint, cancellationToken).ConfigureAwait(false) : content, CompressionMode.Decompress);
    }

    /// <summary>Reads a companion object whole.</summary>
    public async Task<byte[]> ReadCompanionAsync(string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        await using var content = await OpenCompanionAsync(key, hint, cancellationToken).ConfigureAwait(false);
        try
        {
            return await ReadWholeAsync(content, key, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw new AeosException($"\"{key}\" is not compressed with gzip, or damaged", "It was damaged or put there by something else.", e);
        }
    }

    /// <summary>Reads an object that is never encrypted, whole.</summary>
    public async Task<byte[]> ReadPlainAsync(string key, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        return await ReadWholeAsync(content, key, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(bool IsMessage, Stream Content)> PeekAsync(string key, CancellationToken cancellationToken) =>
        await MessagePrefix.PeekAsync(await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task<Stream> DecryptAsync(Stream content, string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> bound = [new(EncryptionContext.ObjectKey, key)];
        if (domain is not null)
        {
            bound.Add(new(EncryptionContext.DomainKey, domain));
        }

        // The keys are needed until the header is opened, and not after that.
        using var keyring = await keys.OpenAsync(hint, $"\"{key}\"", cancellationToken).ConfigureAwait(false);
        try
        {
            return await DecryptingStream.OpenAsync(content, keyring, EncryptionContext.Create(bound), cancellationToken).ConfigureAwait(false);
        }
        catch (MessageRefusedException refusal)
        {
            throw new MessageRefusedException($"\"{key}\": {refusal.Cause}{ReadKeys.Describe(hint)}", refusal.Remedy, refusal);
        }
    }

    private async Task<Stream> DecryptBlobAsync(Stream content, string key, EncryptionStatus? hint, CancellationToken cancellationToken)
    {
        using var keyring = await keys.OpenAsync(hint, $"\"{key}\"", cancellationToken).ConfigureAwait(false);
        var opened = new MemoryStream();
        try
        {
            await AesGcmBlob.DecryptAsync(content, opened, keyring, AesGcmBlob.DefaultLimit, cancellationToken).ConfigureAwait(false);
        }
        catch (MessageRefusedException refusal)
        {
            throw new MessageRefusedException($"\"{key}\": {refusal.Cause}{ReadKeys.Describe(hint)}", refusal.Remedy, refusal);
        }

        await content.DisposeAsync().ConfigureAwait(false);
        opened.Position = 0;
        return opened;
    }

    private static async Task<byte[]> ReadWholeAsync(Stream content, string key, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            whole.Write(buffer, 0, count);
            if (whole.Length > MaxDocumentBytes)
            {
                throw new AeosException($"\"{key}\" unpacks to more than {MaxDocumentBytes} bytes", "It was put there by something else: look at who can write to the bucket.");
            }
        }

        return whole.ToArray();
    }
}
