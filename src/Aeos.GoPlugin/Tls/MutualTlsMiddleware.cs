using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Aeos.GoPlugin.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Aeos.GoPlugin.Tls;

/// <summary>
/// The server's half of AutoMTLS, put in front of HTTP/2. Kestrel's own HTTPS middleware wants the hosting container, which costs
/// start-up time that a plugin does not have.
/// </summary>
internal sealed class MutualTlsMiddleware
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private readonly SslServerAuthenticationOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    public MutualTlsMiddleware(X509Certificate2 own, X509Certificate2 client, ILogger logger, TimeProvider time)
    {
        _logger = logger;
        _time = time;
        _options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(own, null, offline: true),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = OneTimeCertificate.Pinned(client),
            CertificateChainPolicy = OneTimeCertificate.TrustOnly(client),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
        };
    }

    /// <summary>Serves one connection.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var plain = connection.Transport;
        await using var tls = new SslStream(new DuplexPipeStream(plain), leaveInnerStreamOpen: false);
        try
        {
            using var timeout = new CancellationTokenSource(HandshakeTimeout, _time);
            await tls.AuthenticateAsServerAsync(_options, timeout.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            ServerLog.ConnectionRefused(_logger, e.Message);
            return;
        }

        var secured = new DuplexPipe(
            PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: 32 * 1024, leaveOpen: true)),
            PipeWriter.Create(tls, new StreamPipeWriterOptions(minimumBufferSize: 32 * 1024, leaveOpen: true)));
        connection.Transport = secured;
        try
        {
            await next(connection);
        }
        finally
        {
            await secured.Input.CompleteAsync();
            await secured.Output.CompleteAsync();
            connection.Transport = plain;
        }
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
