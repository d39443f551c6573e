using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>A call's requests as an HTTP body: each is sent as it comes, as fast as flow control lets it.</summary>
internal sealed class RequestContent<T> : HttpContent
    where T : IMessage<T>
{
    private readonly IAsyncEnumerator<T>? _more;
    private readonly T? _first;
    private readonly CancellationToken _callEnded;
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;

    private RequestContent(T? first, IAsyncEnumerator<T>? more, CancellationToken callEnded)
    {
        _first = first;
        _more = more;
        _callEnded = callEnded;
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    /// <summary>What the requests' source threw, if it did: the call failed because of it.</summary>
    public Exception? SourceFailure { get; private set; }

    /// <summary>One request.</summary>
    public static RequestContent<T> Single(T request, CancellationToken callEnded) => new(request, null, callEnded);

    /// <summary>A first request, if there is one, and those that follow.</summary>
    public static RequestContent<T> Stream(T? first, IAsyncEnumerator<T> more, CancellationToken callEnded) => new(first, more, callEnded);

    /// <summary>Completes when nothing reads the requests' source any more. The call must have ended.</summary>
    public Task SourceReleasedAsync() => Interlocked.Exchange(ref _started, 1) == 0 ? Task.CompletedTask : _sent.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException("Requests can be sent only once.");
        }

        try
        {
            await SendAsync(stream);
        }
        finally
        {
            _sent.TrySetResult();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task SendAsync(Stream stream)
    {
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: 32 * 1024, leaveOpen: true));
        try
        {
            var any = _first is not null;
            var message = _first;
            while (any)
            {
                try
                {
                    MessageFrame.Write(output, message!);
                }
                catch (RpcException e)
                {
                    SourceFailure = e;
                    throw;
                }

                await output.FlushAsync(_callEnded);
                (any, message) = await NextAsync();
            }
        }
        finally
        {
            await output.CompleteAsync();
        }
    }

    private async ValueTask<(bool Any, T? Message)> NextAsync()
    {
        if (_more is null)
        {
            return (false, default);
        }

        _callEnded.ThrowIfCancellationRequested();
        try
        {
            return await _more.MoveNextAsync() ? (true, _more.Current) : (false, default);
        }
        catch (Exception e)
        {
            SourceFailure = e;
            throw;
        }
    }
}
