using Aeos.Encryption;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;

namespace Aeos.ObjectStore.Encrypted;

/// <summary>An object's content as a message that is bound to the object's key, and to a domain when there is one: under any other it is refused.</summary>
public static class BoundMessage
{
    /// <summary>Encrypts what is written: the commit ends the message, then commits the object. Without a commit neither is visible.</summary>
    /// <param name="writer">The object. Taken over.</param>
    /// <param name="keyring">Its keys. Not taken over.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="domain">What the message is bound to besides; null for nothing.</param>
    /// <exception cref="AeosException">A message cannot be bound to this key or domain: the writer stays the caller's.</exception>
    public static ObjectWriter Encrypt(ObjectWriter writer, Keyring keyring, string key, string? domain) =>
        new EncryptedObjectWriter(writer, new EncryptingStream(writer, keyring, ContextOf(key, domain)));

    /// <summary>Decrypts an object: the stream that comes out is verified as it is read, up to its end or its error.</summary>
    /// <param name="message">The object's content. Taken over.</param>
    /// <param name="keyring">The keys that may open it. Not taken over.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="domain">What the message must be bound to besides; null for nothing.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="MessageRefusedException">No key opens it, or it is bound to something else. The stream throws <see cref="ObjectRefusedException"/>.</exception>
    public static async Task<Stream> DecryptAsync(Stream message, Keyring keyring, string key, string? domain, CancellationToken cancellationToken) =>
        new DecryptedObjectStream(key, await DecryptingStream.OpenAsync(message, keyring, ContextOf(key, domain), cancellationToken).ConfigureAwait(false));

    private static EncryptionContext ContextOf(string key, string? domain) => EncryptionContext.Create(domain is null
        ? [new(EncryptionContext.ObjectKey, key)]
        : [new(EncryptionContext.ObjectKey, key), new(EncryptionContext.DomainKey, domain)]);
}
