using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Aeos.Kubernetes.Authentication;
using Aeos.Kubernetes.Configuration;

namespace Aeos.Kubernetes.Transport;

/// <summary>Makes the HTTP handler for a connection and a client certificate: pool, TLS, proxy.</summary>
internal sealed class HandlerFactory(ClusterConnection connection, KubernetesClientOptions options, ServerVerification verification)
{
    /// <summary>Whether requests have to carry the TLS server name as their Host: the BCL names no other to the server behind a proxy.</summary>
    public bool NeedsHostHeader => connection.TlsServerName.Length > 0 && IsProxied();

    public SocketsHttpHandler Create(ClientCertificate? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = options.Compression && !connection.DisableCompression ? DecompressionMethods.GZip : DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),

            // client-go's own: a connection whose other end has vanished is found out within 45 seconds.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            SslOptions = TlsOptions(certificate),
        };
        if (connection.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy) { Credentials = ProxyCredentials(proxy) };
        }

        if (connection.TlsServerName.Length > 0 && !IsProxied())
        {
            handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(context, certificate, cancellationToken);
        }

        return handler;
    }

    private SslClientAuthenticationOptions TlsOptions(ClientCertificate? certificate) => new()
    {
        ClientCertificateContext = certificate?.Context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        RemoteCertificateValidationCallback = (_, server, chain, errors) => verification.Verify(server, chain, errors),
    };

    // The BCL takes the name to expect from the address; with tls-server-name the handshake is made here.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, ClientCertificate? certificate, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (connection.Server.Scheme == Uri.UriSchemeHttps)
            {
                var tls = new SslStream(stream);
                stream = tls;
                var tlsOptions = TlsOptions(certificate);
                tlsOptions.TargetHost = connection.TlsServerName;
                tlsOptions.ApplicationProtocols = context.InitialRequestMessage.Version.Major >= 2
                    ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
                    : [SslApplicationProtocol.Http11];
                await tls.AuthenticateAsClientAsync(tlsOptions, cancellationToken);
            }

            return stream;
        }
        catch
        {
            socket.Dispose();
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            throw;
        }
    }

    private bool IsProxied()
        => connection.Proxy is not null
            || (!HttpClient.DefaultProxy.IsBypassed(connection.Server) && HttpClient.DefaultProxy.GetProxy(connection.Server) is not null);

    private static NetworkCredential? ProxyCredentials(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
