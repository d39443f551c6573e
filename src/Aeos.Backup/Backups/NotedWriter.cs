using Aeos.ObjectStore;

namespace Aeos.Backup.Backups;

/// <summary>Says so before it commits: a commit whose answer is lost may have been done.</summary>
internal sealed class NotedWriter(ObjectWriter inner, Action onCommit) : CommitOnceWriter
{
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) => inner.WriteAsync(buffer, cancellationToken);

    protected override ValueTask CommitCoreAsync(CancellationToken cancellationToken)
    {
        onCommit();
        return inner.CommitAsync(cancellationToken);
    }

    protected override ValueTask DisposeCoreAsync(bool committed) => inner.DisposeAsync();
}
