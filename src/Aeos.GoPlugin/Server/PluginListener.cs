using System.Security.Cryptography.X509Certificates;
using Aeos.GoPlugin.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Aeos.GoPlugin.Server;

/// <summary>Kestrel without a host around it (a container and a configuration would double the time to the handshake), set up for gRPC.</summary>
internal static class PluginListener
{
    // One stalled put holds 256 KiB; 64 of them at once still leave the connection's window open for others. With HTTP/2's own defaults the first blocks all.
    private const int StreamWindow = 256 * 1024;
    private const int ConnectionWindow = 16 * 1024 * 1024;

    // Beyond it a host's further calls wait on its side. Streams that all stand still hold about 280 KiB each, 140 MiB in all: less than the plugin's heap may
    // have (Aeos.Plugin.csproj), so that the limit is reached before the memory ends, which would end the process and every call in it.
    private const int MostStreams = 512;

    // Hosts are idle for as long as they like. Kestrel adds TimeSpan.MaxValue, and so an infinite timeout, to its clock, which overflows: connections
    // that were idle for a second were closed.
    private static readonly TimeSpan Forever = TimeSpan.FromDays(3650);

    /// <summary>Sets a server up on a Unix socket; it listens when it is started.</summary>
    /// <param name="socketPath">The socket's path, at most 107 bytes.</param>
    /// <param name="identity">The own certificate and the only one that a client may have, or null for no TLS.</param>
    /// <param name="logger">Takes refused connections.</param>
    /// <param name="time">The clock.</param>
    public static KestrelServer Create(string socketPath, (X509Certificate2 Own, X509Certificate2 Client)? identity, ILogger logger, TimeProvider time)
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            // TLS ends before Kestrel sees the connection, so "https" comes over what it takes for plain text.
            AllowAlternateSchemes = true,
            ApplicationServices = NoServices.Instance,
        };
        var limits = options.Limits;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.KeepAliveTimeout = Forever;
        limits.Http2.InitialStreamWindowSize = StreamWindow;
        limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
        limits.Http2.MaxStreamsPerConnection = MostStreams;
        options.ListenUnixSocket(socketPath, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (identity is var (own, client))
            {
                var tls = new MutualTlsMiddleware(own, client, logger, time);
                listen.Use(next => connection => tls.ServeAsync(connection, next));
            }
        });
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
