namespace Aeos.ObjectStore;

/// <summary>
/// Keeps an <see cref="ObjectWriter"/>'s rules in one place: no writing after the commit, one commit, and none after a write that failed, since a part
/// would be missing.
/// </summary>
public abstract class CommitOnceWriter : ObjectWriter
{
    private State _state;

    private enum State
    {
        Open,
        Failed,
        Committing,
        Committed,
        Disposed,
    }

    /// <inheritdoc/>
    public override bool CanWrite => _state == State.Open;

    /// <inheritdoc/>
    public sealed override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        RequireOpen();
        _state = State.Failed;
        await WriteCoreAsync(buffer, cancellationToken).ConfigureAwait(false);
        _state = State.Open;
    }

    /// <inheritdoc/>
    public sealed override async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        RequireOpen();
        _state = State.Committing;
        await CommitCoreAsync(cancellationToken).ConfigureAwait(false);
        _state = State.Committed;
    }

    /// <inheritdoc/>
    public sealed override async ValueTask DisposeAsync()
    {
        await DisposeOnceAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes bytes. When it throws, the writer takes no more and cannot be committed.</summary>
    protected abstract ValueTask WriteCoreAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Makes the object visible. Called once at most.</summary>
    protected abstract ValueTask CommitCoreAsync(CancellationToken cancellationToken);

    /// <summary>Gives everything back, and takes the unfinished object away when it was not committed. Called once.</summary>
    protected abstract ValueTask DisposeCoreAsync(bool committed);

    /// <inheritdoc/>
    protected sealed override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DisposeOnceAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private async ValueTask DisposeOnceAsync()
    {
        if (_state != State.Disposed)
        {
            var committed = _state == State.Committed;
            _state = State.Disposed;
            await DisposeCoreAsync(committed).ConfigureAwait(false);
        }
    }

    private void RequireOpen()
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        if (_state != State.Open)
        {
            throw new InvalidOperationException(_state == State.Committed
                ? "The object is committed: its writer takes nothing more."
                : "An earlier write or commit of this object failed or is still under way: nothing more can be done with its writer.");
        }
    }
}
