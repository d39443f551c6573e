using Aeos.ObjectStore;

namespace Aeos.Backup.Backups;

/// <summary>Says so before it commits: a commit whose answer is lost may have been done.</summary>
internal sealed class NotedWriter(ObjectWriter inner, Action onCommit) : ObjectWriter
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        onCommit();
        return inner.CommitAsync(cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
