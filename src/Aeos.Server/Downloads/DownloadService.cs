using Aeos.Encryption;
using Aeos.Server.Downloads.Addresses;
using Aeos.Server.Downloads.Certificates;
using Aeos.Server.Downloads.Secrets;
using Aeos.Server.Downloads.Serving;
using Aeos.Server.Metrics;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Downloads;

/// <summary>
/// The download endpoint of a server, with its key and its certificate. Several servers of a namespace share both: each serves the addresses that another made.
/// </summary>
internal sealed class DownloadService : IAsyncDisposable
{
    /// <summary>The Service that leads to the endpoint.</summary>
    public const string ServiceName = "aeos-downloads";

    private readonly AddressSigner _signer;
    private readonly ServedCertificate _certificate;
    private readonly LocationDownloads _source;
    private readonly DownloadHandler _handler;
    private readonly DownloadEndpoint _endpoint;

    private DownloadService(
        AddressSigner signer, SignedAddresses addresses, ServedCertificate certificate, LocationDownloads source, DownloadHandler handler, DownloadEndpoint endpoint)
        => (_signer, Addresses, _certificate, _source, _handler, _endpoint) = (signer, addresses, certificate, source, handler, endpoint);

    /// <summary>Makes the addresses that the endpoint serves.</summary>
    public SignedAddresses Addresses { get; }

    /// <summary>The port that it listens on.</summary>
    public int Port => _endpoint.Port;

    /// <summary>Fetches or makes key and certificate, and begins to serve.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="AeosException">An option is not possible, the port is taken, or a Secret is unusable.</exception>
    public static async Task<DownloadService> StartAsync(ServerContext server, CancellationToken cancellationToken)
    {
        var (options, log, limits) = (server.Options, server.Logs.CreateLogger("downloads"), new EndpointLimits());
        var listen = ListenAddress.Parse(options.DownloadAddress, "--download-address");
        var url = CheckedUrl(options, listen.Port);
        var certificate = await ServedCertificate.LoadAsync(CertificateOf(server, url, log), server.Time, log, cancellationToken).ConfigureAwait(false);
        var source = new LocationDownloads(server);
        AddressSigner? signer = null;
        DownloadHandler? handler = null;
        try
        {
            signer = await SigningKeySecret.LoadAsync(server.Cluster, options.Namespace, cancellationToken).ConfigureAwait(false);
            var addresses = new SignedAddresses(signer, url, server.Time);
            handler = new DownloadHandler(addresses, source, options.DownloadArchives, limits, server.Metrics.Downloads, server.Time, log);
            var endpoint = await DownloadEndpoint.StartAsync(listen, handler.HandleAsync, certificate, limits, server.Time, cancellationToken).ConfigureAwait(false);
            DownloadLog.Listening(log, endpoint.Port, url.AbsoluteUri);
            return new DownloadService(signer, addresses, certificate, source, handler, endpoint);
        }
        catch (Exception failure)
        {
            handler?.Dispose();
            source.Dispose();
            signer?.Dispose();
            await certificate.DisposeAsync().ConfigureAwait(false);
            if (failure is IOException)
            {
                throw new AeosException(
                    $"downloads cannot be served at {Printable.Quote(options.DownloadAddress)}: {failure.Message.TrimEnd('.')}",
                    "Give another address with --download-address, or end what listens there.",
                    failure);
            }

            throw;
        }
    }

    /// <summary>Begins to end, beside the server's other work: the time that it is given to stop counts for both.</summary>
    public void BeginEnd() => _endpoint.BeginEnd();

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync().ConfigureAwait(false);
        _handler.Dispose();
        _source.Dispose();
        await _certificate.DisposeAsync().ConfigureAwait(false);
        _signer.Dispose();
    }

    /// <summary>Refuses options of downloads that cannot be.</summary>
    /// <exception cref="AeosException">One is not possible.</exception>
    public static void Check(ServerOptions options)
    {
        CheckedUrl(options, ListenAddress.Parse(options.DownloadAddress, "--download-address").Port);
        if (options.DownloadCertificateFile is null != options.DownloadKeyFile is null)
        {
            throw HalfACertificate();
        }
    }

    private static AeosException HalfACertificate() => new(
        "of the download endpoint's certificate and its key, only one is named", "Name both, with --download-certificate-file and --download-key-file.");

    private static Uri CheckedUrl(ServerOptions options, int port)
    {
        var url = options.DownloadUrl ?? new Uri($"https://{ServiceName}.{options.Namespace}.svc:{port}");
        return url.IsAbsoluteUri && url.Scheme == Uri.UriSchemeHttps && url.Query.Length + url.Fragment.Length + url.UserInfo.Length == 0 ? url : throw new AeosException(
            $"--download-url {Printable.Quote(url.OriginalString)} is not an address that clients can be given",
            "Give https:// with a host, and a port and a path where they are needed, and nothing behind them.");
    }

    private static ICertificateSource CertificateOf(ServerContext server, Uri url, ILogger log)
        => (server.Options.DownloadCertificateFile, server.Options.DownloadKeyFile) switch
        {
            (null, null) => new SecretCertificate(
                server.Cluster, server.Options.Namespace, CertificateNames.Of(ServiceName, server.Options.Namespace, url), server.Time, log),
            ({ } certificate, { } key) => new FileCertificate(certificate, key),
            _ => throw HalfACertificate(),
        };
}
