using Aeos.Encryption;
using Aeos.Encryption.Keys;
using Aeos.Encryption.Messages;
using Microsoft.Extensions.Logging;

namespace Aeos.ObjectStore.Encrypted;

/// <summary>
/// Encrypts what goes into any store and decrypts what comes out. A message is bound to its object's key, and to the domain when one is configured: it is
/// refused under any other. Whether an object is a message, its first bytes say and nothing else (docs/threat-model.md).
/// </summary>
/// <param name="inner">The store; its keys are relative to the location's prefix. Taken over.</param>
/// <param name="keyring">Taken over.</param>
/// <param name="scope">Which objects are encrypted.</param>
/// <param name="domain">What messages are bound to besides the key; null for nothing.</param>
/// <param name="allowPlaintext">Lets objects through that should be messages and are not, with a warning for each.</param>
/// <param name="logger">Takes the warnings.</param>
public sealed class EncryptedObjectStore(
    IObjectStore inner, Keyring keyring, EncryptionScope scope, string? domain, bool allowPlaintext, ILogger logger) : IObjectStore
{
    private const string ArchiveEnding = ".tar.gz";

    /// <inheritdoc/>
    public async ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        if (!Covers(key))
        {
            return new PlaintextWriter(key, await inner.CreateAsync(key, cancellationToken).ConfigureAwait(false));
        }

        // The store judges the key first: its reasons are the better ones.
        var writer = await inner.CreateAsync(key, cancellationToken).ConfigureAwait(false);
        try
        {
            return BoundMessage.Encrypt(writer, keyring, key, domain);
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="MessageRefusedException">It is no message and should be one, or a message that cannot be accepted; the stream may throw it too.</exception>
    public async ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        var (isMessage, stored) = await MessagePrefix.PeekAsync(
            await inner.OpenReadAsync(key, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        try
        {
            if (!isMessage)
            {
                RequirePlaintextAllowed(key);
                return stored;
            }

            // Disposes the input when it refuses; disposing it again below does nothing.
            return await BoundMessage.DecryptAsync(stored, keyring, key, domain, cancellationToken).ConfigureAwait(false);
        }
        catch (MessageRefusedException e) when (e is not ObjectRefusedException)
        {
            await stored.DisposeAsync().ConfigureAwait(false);
            throw new ObjectRefusedException(key, e);
        }
        catch
        {
            await stored.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken) => inner.ExistsAsync(key, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListCommonPrefixesAsync(string prefix, string delimiter, CancellationToken cancellationToken) =>
        inner.ListCommonPrefixesAsync(prefix, delimiter, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Uri> CreateSignedUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var (isMessage, stored) = await MessagePrefix.PeekAsync(
            await inner.OpenReadAsync(key, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await using (stored.ConfigureAwait(false))
        {
            if (isMessage)
            {
                throw new ObjectStoreException(
                    $"the object \"{key}\" is encrypted, and who fetches it by a URL could not read it",
                    $"Read it with: aeos store get \"{key}\" --location FILE.");
            }

            // What would be refused here must not reach a reader another way.
            RequirePlaintextAllowed(key);
        }

        return await inner.CreateSignedUrlAsync(key, lifetime, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        keyring.Dispose();
    }

    private bool Covers(string key) => scope == EncryptionScope.All || key.EndsWith(ArchiveEnding, StringComparison.Ordinal);

    private void RequirePlaintextAllowed(string key)
    {
        if (!Covers(key))
        {
            return;
        }

        if (!allowPlaintext)
        {
            throw new ObjectRefusedException(
                key,
                "it is not encrypted, and must be",
                "If it was stored before encryption was switched on and you trust the bucket, set allowPlaintext: \"true\" in the location's config; otherwise take it for forged.");
        }

        EncryptedObjectLog.PlaintextLetThrough(logger, key);
    }
}
