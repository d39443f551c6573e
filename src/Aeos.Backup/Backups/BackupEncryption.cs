using Aeos.Backup.Keys;
using Aeos.Encryption.Keys;
using Aeos.ObjectStore.Encrypted;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Backups;

/// <summary>How a backup is encrypted: with which key, in which format, what of it. Owns the key.</summary>
public sealed class BackupEncryption : IDisposable
{
    private readonly IKeyRetriever _retriever;

    private BackupEncryption(IKeyRetriever retriever, WrappingKey key, ArchiveEncryptionFormat format, EncryptionScope scope)
    {
        _retriever = retriever;
        Key = key;
        Format = format;
        Scope = scope;
    }

    /// <summary>The key.</summary>
    public WrappingKey Key { get; }

    /// <summary>The archive's format.</summary>
    public ArchiveEncryptionFormat Format { get; }

    /// <summary>The archive alone, or every object but <c>velero-backup.json</c>.</summary>
    public EncryptionScope Scope { get; }

    /// <summary>Fetches the key. Whatever is wrong with it is an error now, before anything is written.</summary>
    /// <param name="retriever">Where the key is.</param>
    /// <param name="format">The archive's format.</param>
    /// <param name="scope">What is encrypted.</param>
    /// <param name="warn">Takes a warning about a weak key.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AeosException">There is no such key, it cannot be used, or format and scope do not go together.</exception>
    public static async Task<BackupEncryption> PrepareAsync(
        IKeyRetriever retriever, ArchiveEncryptionFormat format, EncryptionScope scope, Action<string> warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(warn);
        if (format == ArchiveEncryptionFormat.AesGcm && scope == EncryptionScope.All)
        {
            throw new AeosException(
                "the format aes-gcm is the archive's alone: nothing in an object says that it is in it",
                "Leave --encryption-format out to encrypt all objects, or leave --encryption-scope out.");
        }

        var found = await retriever.GetKeyAsync(cancellationToken).ConfigureAwait(false);
        return new BackupEncryption(retriever, found.Take(warn), format, scope);
    }

    /// <summary>What the backup's document says of it.</summary>
    public EncryptionStatus ToStatus() => new()
    {
        IsEncrypted = true,
        KeyRetrieverType = _retriever.Type,
        KeyRetrieverConfig = _retriever.Config,
        Format = Format == ArchiveEncryptionFormat.AesGcm ? null : EncryptionStatus.MessageFormat,
        Scope = Scope == EncryptionScope.All ? EncryptionStatus.AllScope : null,
    };

    /// <summary>Whether this Secret is the one that the key was read from.</summary>
    internal bool IsFrom(string @namespace, string name)
        => _retriever is SecretKeyRetriever secret && secret.Namespace == @namespace && secret.Name == name;

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}
