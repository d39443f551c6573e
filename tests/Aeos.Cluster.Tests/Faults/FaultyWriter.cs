using Aeos.ObjectStore;

namespace Aeos.Cluster.Tests.Faults;

/// <summary>A writer of a store that may fail at each piece and at the commit.</summary>
internal sealed class FaultyWriter(FaultyStore store, string key, ObjectWriter inner) : ObjectWriter
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        store.Count(key);
        if (store.BeforeWrite is { } wait)
        {
            await wait(key, cancellationToken);
        }

        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        store.Count(key);
        return inner.CommitAsync(cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
