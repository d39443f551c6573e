using Aeos.Encryption;
using Aeos.Encryption.Messages;

namespace Aeos.ObjectStore.Encrypted;

/// <summary>An object's verified plaintext; a refusal in the midst of it names the object. A failure of the store comes out as it is.</summary>
/// <param name="key">The object's key.</param>
/// <param name="message">Its content. Taken over.</param>
internal sealed class DecryptedObjectStream(string key, DecryptingStream message) : ForwardReadStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await message.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (MessageRefusedException e)
        {
            throw new ObjectRefusedException(key, e);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await message.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            message.Dispose();
        }

        base.Dispose(disposing);
    }
}
