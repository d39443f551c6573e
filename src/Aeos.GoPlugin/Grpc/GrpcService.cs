using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>
/// A service's methods with their handlers. A handler ends a call with a status by throwing <see cref="RpcException"/>; any other exception
/// becomes what <see cref="Server.PluginServerOptions.MapException"/> makes of it, else status Unknown with the exception's message.
/// </summary>
public sealed class GrpcService
{
    private readonly Dictionary<string, ServerMethod> _methods = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, ServerMethod> Methods => _methods;

    /// <summary>Adds a method with one request and one response.</summary>
    public GrpcService Unary<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<TRequest, ServerCall, Task<TResponse>> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        _methods.Add(method.Path, async (requests, responses, call) =>
        {
            var request = await requests.ReadSingleAsync(method.RequestParser, call.CancellationToken);
            responses.Write(await handler(request, call));
        });
        return this;
    }

    /// <summary>Adds a method that answers one request with a stream.</summary>
    public GrpcService ServerStreaming<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<TRequest, IServerStreamWriter<TResponse>, ServerCall, Task> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        _methods.Add(method.Path, async (requests, responses, call) =>
        {
            var request = await requests.ReadSingleAsync(method.RequestParser, call.CancellationToken);
            await handler(request, new ServerStreamWriter<TResponse>(responses), call);
        });
        return this;
    }

    /// <summary>Adds a method that answers a stream with one response. The handler need not read the stream to its end.</summary>
    public GrpcService ClientStreaming<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<IAsyncEnumerable<TRequest>, ServerCall, Task<TResponse>> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        _methods.Add(method.Path, async (requests, responses, call) =>
            responses.Write(await handler(requests.ReadAllAsync(method.RequestParser, call.CancellationToken), call)));
        return this;
    }

    /// <summary>Adds a method with a stream each way.</summary>
    internal GrpcService Duplex<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<IAsyncEnumerable<TRequest>, IServerStreamWriter<TResponse>, ServerCall, Task> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        _methods.Add(method.Path, (requests, responses, call) =>
            handler(requests.ReadAllAsync(method.RequestParser, call.CancellationToken), new ServerStreamWriter<TResponse>(responses), call));
        return this;
    }
}
