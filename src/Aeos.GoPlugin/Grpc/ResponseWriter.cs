using System.IO.Pipelines;
using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>Writes a call's responses. One writer at a time; a slow reader holds it back.</summary>
internal sealed class ResponseWriter(PipeWriter output, CancellationToken callEnded)
{
    private Task? _stalled;
    private int _busy;

    /// <summary>Writes without waiting: for a response that the call's end sends.</summary>
    public void Write(IMessage message) => MessageFrame.Write(output, message);

    /// <summary>Writes and sends, and waits while flow control says so.</summary>
    /// <exception cref="OperationCanceledException">The call or the wait was cancelled; nothing more can be written.</exception>
    public async ValueTask WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("A response is being written already: await each WriteAsync before the next.");
        }

        try
        {
            callEnded.ThrowIfCancellationRequested();
            cancellationToken.ThrowIfCancellationRequested();
            if (_stalled is not null)
            {
                throw new OperationCanceledException("An earlier write was cancelled: the stream cannot go on.");
            }

            MessageFrame.Write(output, message);

            // Without a token: Kestrel answers a flush that is cancelled with a reset of the stream, and the status would be lost.
            var flush = output.FlushAsync(CancellationToken.None);
            if (flush.IsCompletedSuccessfully)
            {
                ThrowIfGone(flush.Result);
                return;
            }

            await WaitAsync(flush.AsTask(), cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private async Task WaitAsync(Task<FlushResult> flush, CancellationToken cancellationToken)
    {
        using var either = cancellationToken.CanBeCanceled && cancellationToken != callEnded
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, callEnded)
            : null;
        try
        {
            ThrowIfGone(await flush.WaitAsync(either?.Token ?? callEnded));
        }
        catch (OperationCanceledException) when (!flush.IsCompleted)
        {
            _stalled = flush;
            throw;
        }
    }

    private static void ThrowIfGone(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
        {
            throw new OperationCanceledException("The caller is gone.");
        }
    }
}
