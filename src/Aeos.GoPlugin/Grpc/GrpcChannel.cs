using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Aeos.GoPlugin.Tls;
using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>A gRPC client on one connection.</summary>
public sealed class GrpcChannel : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly Uri _server;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closed = new();

    private GrpcChannel(SocketsHttpHandler handler, string scheme, TimeProvider time)
    {
        _http = new HttpMessageInvoker(handler);
        _server = new Uri($"{scheme}://{OneTimeCertificate.HostName}");
        _time = time;
    }

    /// <summary>Prepares a channel; the connection is made for the first call.</summary>
    /// <param name="socketPath">The server's Unix socket.</param>
    /// <param name="identity">The own certificate and the only one that the server may have, or null for no TLS.</param>
    /// <param name="time">The clock for deadlines.</param>
    internal static GrpcChannel Create(string socketPath, (X509Certificate2 Own, X509Certificate2 Server)? identity, TimeProvider time)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            InitialHttp2StreamWindowSize = 256 * 1024,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        if (identity is var (own, server))
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                TargetHost = OneTimeCertificate.HostName,
                ClientCertificateContext = SslStreamCertificateContext.Create(own, null, offline: true),
                RemoteCertificateValidationCallback = OneTimeCertificate.Pinned(server),
                CertificateChainPolicy = OneTimeCertificate.TrustOnly(server),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            };
        }

        return new GrpcChannel(handler, identity is null ? "http" : "https", time);
    }

    /// <summary>One request, one response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="timeout">Sent as <c>grpc-timeout</c>; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RpcException">The call failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan? timeout, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        await using var call = Begin(method, timeout, cancellationToken);
        await call.SendAsync(_http, _server, RequestContent<TRequest>.Single(request, call.Ended));
        return await call.ReadSingleAsync();
    }

    /// <summary>One request, a stream of responses; leaving the enumeration early cancels the call.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async IAsyncEnumerable<TResponse> ServerStreamingAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan? timeout, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        await using var call = Begin(method, timeout, cancellationToken);
        await call.SendAsync(_http, _server, RequestContent<TRequest>.Single(request, call.Ended));
        while (await call.ReadAsync() is { } response)
        {
            yield return response;
        }
    }

    /// <summary>
    /// A stream of requests, one response. The call begins when the enumeration gives its first request (or ends without one) and is cancelled
    /// when it throws; what it threw is thrown then.
    /// </summary>
    /// <exception cref="RpcException">The call failed, possibly before all requests were taken.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<TResponse> ClientStreamingAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, IAsyncEnumerable<TRequest> requests, TimeSpan? timeout, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        // The end of the call cancels the source, so that a call that the server ended early does not wait for requests that nobody takes.
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var enumerator = requests.GetAsyncEnumerator(source.Token);
        var first = await enumerator.MoveNextAsync() ? enumerator.Current : default;
        await using var call = Begin(method, timeout, cancellationToken);
        await using var stop = call.Ended.Register(source.Cancel);
        await call.SendAsync(_http, _server, RequestContent<TRequest>.Stream(first, enumerator, call.Ended));
        return await call.ReadSingleAsync();
    }

    /// <summary>Closes the connection. Calls that are under way end with status Unavailable.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _http.Dispose();
    }

    private ClientCall<TRequest, TResponse> Begin<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TimeSpan? timeout, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => new(method, timeout, _time, _closed.Token, cancellationToken);
}
