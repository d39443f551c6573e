using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>A gRPC client on one connection.</summary>
public sealed class GrpcChannel : IAsyncDisposable
{
    internal GrpcChannel() => throw new NotImplementedException();

    /// <summary>One request, one response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="timeout">Sent as <c>grpc-timeout</c>; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RpcException">The call failed.</exception>
    public Task<TResponse> UnaryAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan? timeout, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => throw new NotImplementedException();

    /// <summary>One request, a stream of responses; leaving the enumeration early cancels the call.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public IAsyncEnumerable<TResponse> ServerStreamingAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan? timeout, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => throw new NotImplementedException();

    /// <summary>A stream of requests, one response. The call begins when the enumeration gives its first request and is cancelled when it throws.</summary>
    /// <exception cref="RpcException">The call failed, possibly before all requests were taken.</exception>
    public Task<TResponse> ClientStreamingAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, IAsyncEnumerable<TRequest> requests, TimeSpan? timeout, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => throw new NotImplementedException();

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
