using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.ExceptionServices;
using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>One call of a client: sends, reads, and turns every way in which it can fail into an <see cref="RpcException"/>.</summary>
internal sealed class ClientCall<TRequest, TResponse> : IAsyncDisposable
    where TRequest : IMessage<TRequest>
    where TResponse : IMessage<TResponse>
{
    private readonly GrpcMethod<TRequest, TResponse> _method;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource? _deadline;
    private readonly CancellationTokenSource _ended;
    private readonly TimeSpan? _timeout;
    private RequestContent<TRequest>? _content;
    private HttpResponseMessage? _response;
    private PipeReader? _body;
    private MessageReader? _messages;

    public ClientCall(
        GrpcMethod<TRequest, TResponse> method, TimeSpan? timeout, TimeProvider time, CancellationToken channelClosed, CancellationToken caller)
    {
        _method = method;
        _timeout = timeout;
        _caller = caller;
        _deadline = timeout is { } limit ? new CancellationTokenSource(limit, time) : null;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(caller, channelClosed, _deadline?.Token ?? CancellationToken.None);
    }

    /// <summary>Cancelled when the call is over, for whatever reason.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Begins the call and waits for the response's headers.</summary>
    public async Task SendAsync(HttpMessageInvoker http, Uri server, RequestContent<TRequest> content)
    {
        _content = content;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, _method.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (_timeout is { } timeout)
        {
            request.Headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Format(timeout));
        }

        try
        {
            _response = await http.SendAsync(request, Ended);
            if (_response.StatusCode != HttpStatusCode.OK)
            {
                throw new RpcException(OfHttp(_response.StatusCode), $"{_method.Path}: the server answered with HTTP status {(int)_response.StatusCode}");
            }

            _body = PipeReader.Create(
                await _response.Content.ReadAsStreamAsync(Ended), new StreamPipeReaderOptions(bufferSize: 32 * 1024, leaveOpen: true));
            _messages = new MessageReader(_body);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Translate(e);
        }
    }

    /// <summary>The next response, or null when the call ended with status OK.</summary>
    public async ValueTask<TResponse?> ReadAsync()
    {
        try
        {
            var message = await _messages!.ReadAsync(_method.ResponseParser, Ended);
            if (message is null)
            {
                ThrowUnlessOk();
            }

            return message;
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Translate(e);
        }
    }

    /// <summary>The one response of a call that has no other, once the call ended with status OK.</summary>
    public async Task<TResponse> ReadSingleAsync()
    {
        var response = await ReadAsync() ?? throw new RpcException(StatusCode.Internal, $"{_method.Path}: the call ended without a response");
        return await ReadAsync() is null ? response : throw new RpcException(StatusCode.Internal, $"{_method.Path}: more than one response came");
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_body is not null)
        {
            await _body.CompleteAsync();
        }

        _response?.Dispose();
        if (_content is not null)
        {
            await _content.SourceReleasedAsync();
            _content.Dispose();
        }

        _deadline?.Dispose();
        _ended.Dispose();
    }

    private static StatusCode OfHttp(HttpStatusCode status) => status switch
    {
        // gRPC's doc/http-grpc-status-mapping.md.
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    // gRPC over HTTP/2, "HTTP2 Transport Mapping", errors.
    private static StatusCode OfHttp2(long errorCode) => errorCode switch
    {
        7 => StatusCode.Unavailable,
        8 => StatusCode.Cancelled,
        11 => StatusCode.ResourceExhausted,
        12 => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    private void ThrowUnlessOk()
    {
        // A call without any message may have its status in the headers.
        var status = Find(StatusTrailers.Status);
        if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw new RpcException(StatusCode.Internal, $"{_method.Path}: the server ended the call without a status");
        }

        if (code != (int)StatusCode.OK)
        {
            var known = code <= (int)StatusCode.Unauthenticated ? (StatusCode)code : StatusCode.Unknown;
            throw new RpcException(
                known, StatusTrailers.DecodeMessage(Find(StatusTrailers.Message) ?? ""), StatusTrailers.DecodeDetails(Find(StatusTrailers.Details)));
        }
    }

    private string? Find(string name) =>
        _response!.TrailingHeaders.TryGetValues(name, out var values) || _response.Headers.TryGetValues(name, out values) ? values.First() : null;

    private Exception Translate(Exception e)
    {
        if (_caller.IsCancellationRequested)
        {
            return new OperationCanceledException(e.Message, e, _caller);
        }

        if (_deadline is { IsCancellationRequested: true })
        {
            return new RpcException(StatusCode.DeadlineExceeded, $"{_method.Path}: the deadline passed", innerException: e);
        }

        if (_content?.SourceFailure is { } source)
        {
            ExceptionDispatchInfo.Throw(source);
        }

        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpProtocolException protocol)
            {
                return new RpcException(OfHttp2(protocol.ErrorCode), $"{_method.Path}: {protocol.Message}", innerException: e);
            }
        }

        return new RpcException(StatusCode.Unavailable, $"{_method.Path}: the connection to the server failed: {e.Message}", innerException: e);
    }
}
