namespace Aeos.Encryption.Keys;

/// <summary>
/// The keys at hand: those that every new message is wrapped for (each of them alone can read it), and those that are for
/// reading only. Owns its keys.
/// </summary>
public sealed class Keyring : IDisposable
{
    /// <summary>Encryption keys at most: a header that the reader accepts has 16 data keys.</summary>
    public const int MaxEncryptionKeys = 16;

    private readonly WrappingKey[] _encryptionKeys;
    private readonly WrappingKey[] _allKeys;

    /// <summary>A keyring that takes over the keys.</summary>
    /// <param name="encryptionKeys">Wrap new messages, and read. May be empty: then the keyring only reads.</param>
    /// <param name="decryptionKeys">Earlier keys, for reading only.</param>
    /// <exception cref="KeyRefusedException">More than 16 encryption keys, or no key at all.</exception>
    public Keyring(IReadOnlyList<WrappingKey> encryptionKeys, IReadOnlyList<WrappingKey>? decryptionKeys = null)
    {
        ArgumentNullException.ThrowIfNull(encryptionKeys);
        _encryptionKeys = [.. encryptionKeys];
        _allKeys = [.. encryptionKeys, .. decryptionKeys ?? []];
        if (_encryptionKeys.Length > MaxEncryptionKeys)
        {
            throw new KeyRefusedException(
                $"There are {_encryptionKeys.Length} keys to encrypt with; a message has room for {MaxEncryptionKeys}",
                "Encrypt for fewer keys; keys that only read do not count.");
        }

        if (_allKeys.Length == 0)
        {
            throw new KeyRefusedException("There is no key", "Give a key file; `aeos keygen --out FILE` makes one.");
        }
    }

    /// <summary>The keys that new messages are wrapped for.</summary>
    public IReadOnlyList<WrappingKey> EncryptionKeys => _encryptionKeys;

    /// <summary>All keys that may read: the encryption keys first.</summary>
    public IReadOnlyList<WrappingKey> AllKeys => _allKeys;

    /// <summary>Wipes all keys.</summary>
    public void Dispose()
    {
        foreach (var key in _allKeys)
        {
            key.Dispose();
        }
    }
}
