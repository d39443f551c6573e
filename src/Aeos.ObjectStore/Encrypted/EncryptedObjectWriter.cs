using Aeos.Encryption.Messages;

namespace Aeos.ObjectStore.Encrypted;

/// <summary>Encrypts into another writer: the commit ends the message, then commits it. Without a commit neither is visible.</summary>
internal sealed class EncryptedObjectWriter(ObjectWriter inner, EncryptingStream message) : CommitOnceWriter
{
    /// <inheritdoc/>
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) =>
        message.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    protected override async ValueTask CommitCoreAsync(CancellationToken cancellationToken)
    {
        await message.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await inner.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeCoreAsync(bool committed)
    {
        await message.DisposeAsync().ConfigureAwait(false);
        await inner.DisposeAsync().ConfigureAwait(false);
    }
}
