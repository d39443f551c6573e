using Aeos.ObjectStore;

namespace Aeos.Server.Downloads.Serving;

/// <summary>An object's content, with what has to stay open for it.</summary>
/// <param name="content">The content. Taken over.</param>
/// <param name="dispose">Closes the rest, after the content.</param>
internal sealed class OwningStream(Stream content, Func<ValueTask> dispose) : ForwardReadStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => content.ReadAsync(buffer, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await content.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // Also when the store failed at last: keys are cleared here, and others wait for their turn.
            await dispose().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }
}
