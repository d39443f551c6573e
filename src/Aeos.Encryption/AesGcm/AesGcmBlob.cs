namespace Aeos.Encryption.AesGcm;

/// <summary>
/// The proposal's format <c>aes-gcm</c> (seeds/client-side-encryption-proposal.md): 12-byte nonce, ciphertext, 16-byte tag, in one call and so in memory.
/// Bound to no name: read only where the backup's status or the user says that it is one, written only when asked for.
/// </summary>
public static class AesGcmBlob
{
    /// <summary>Bytes of plaintext that a blob may hold unless the caller sets another bound: 1 GiB.</summary>
    public const int DefaultLimit = 1 << 30;

    /// <summary>Encrypts the input, whole. Nothing is written when it is longer than the limit.</summary>
    /// <exception cref="AeosException">Longer than the limit.</exception>
    public static Task EncryptAsync(Stream input, Stream output, Keys.WrappingKey key, int limit, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Decrypts the input with the first key that opens it. Nothing is written unless the tag is right.</summary>
    /// <exception cref="MessageRefusedException">Too short, longer than the limit, a message, or no key opens it.</exception>
    public static Task DecryptAsync(Stream input, Stream output, Keys.Keyring keyring, int limit, CancellationToken cancellationToken) => throw new NotImplementedException();
}
