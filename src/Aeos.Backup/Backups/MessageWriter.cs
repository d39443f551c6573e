using Aeos.Encryption.Messages;
using Aeos.ObjectStore;

namespace Aeos.Backup.Backups;

/// <summary>Writes an object as a message: the commit ends the message, then commits the object. Without it neither is visible.</summary>
internal sealed class MessageWriter(ObjectWriter inner, EncryptingStream message) : ObjectWriter
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        => message.WriteAsync(buffer, cancellationToken);

    public override async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        await message.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await inner.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        await message.DisposeAsync().ConfigureAwait(false);
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            message.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
