using Aeos.Kubernetes.Errors;

namespace Aeos.Kubernetes.Transport;

/// <summary>A body whose every piece has to arrive within a time; a server that stops in the middle does not hold its reader for ever.</summary>
/// <param name="inner">The body.</param>
/// <param name="timeout">The time for one piece.</param>
/// <param name="time">The clock.</param>
internal sealed class TimedStream(Stream inner, TimeSpan timeout, TimeProvider time) : Stream
{
    private readonly CancellationTokenSource _timer = new(Timeout.InfiniteTimeSpan, time);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timer.Token);
        _timer.CancelAfter(timeout);
        try
        {
            return await inner.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (_timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new KubernetesTimeoutException(
                $"the API server sent nothing for {timeout.TotalSeconds:0} seconds in the middle of an answer",
                "Try again when the server is less busy.");
        }
        finally
        {
            _timer.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("only asynchronous reading");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
