using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>
/// A service's methods with their handlers. A handler ends a call with a status by throwing <see cref="RpcException"/>; any other exception
/// becomes status Unknown with the exception's message.
/// </summary>
public sealed class GrpcService
{
    /// <summary>Adds a method with one request and one response.</summary>
    public GrpcService Unary<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<TRequest, ServerCall, Task<TResponse>> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => throw new NotImplementedException();

    /// <summary>Adds a method that answers one request with a stream.</summary>
    public GrpcService ServerStreaming<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<TRequest, IServerStreamWriter<TResponse>, ServerCall, Task> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => throw new NotImplementedException();

    /// <summary>Adds a method that answers a stream with one response. The handler need not read the stream to its end.</summary>
    public GrpcService ClientStreaming<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<IAsyncEnumerable<TRequest>, ServerCall, Task<TResponse>> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => throw new NotImplementedException();
}
