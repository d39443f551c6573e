namespace Aeos.Encryption.Keys;

/// <summary>
/// The keys at hand: those that every new message is wrapped for (each of them alone can read it), and those that are for
/// reading only. Owns its keys.
/// </summary>
public sealed class Keyring : IDisposable
{
    /// <summary>A keyring that takes over the keys.</summary>
    /// <param name="encryptionKeys">Wrap new messages, and read. May be empty: then the keyring only reads.</param>
    /// <param name="decryptionKeys">Earlier keys, for reading only.</param>
    /// <exception cref="KeyRefusedException">More than 16 encryption keys, or no key at all.</exception>
    public Keyring(IReadOnlyList<WrappingKey> encryptionKeys, IReadOnlyList<WrappingKey>? decryptionKeys = null) => throw new NotImplementedException();

    /// <summary>The keys that new messages are wrapped for.</summary>
    public IReadOnlyList<WrappingKey> EncryptionKeys => throw new NotImplementedException();

    /// <summary>All keys that may read: the encryption keys first.</summary>
    public IReadOnlyList<WrappingKey> AllKeys => throw new NotImplementedException();

    /// <summary>Wipes all keys.</summary>
    public void Dispose() => throw new NotImplementedException();
}
