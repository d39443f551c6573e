using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Aeos.Kubernetes.Tests.Fixtures;
using Aeos.Server.Downloads.Addresses;
using Aeos.Server.Downloads.Certificates;
using Aeos.Server.Downloads.Serving;
using Aeos.Server.Metrics;

namespace Aeos.Server.Tests.Downloads;

/// <summary>A download endpoint on a free port of this machine, with objects in memory.</summary>
internal sealed class EndpointBench : IAsyncDisposable
{
    private readonly ServedCertificate _certificate;
    private readonly DownloadHandler _handler;
    private readonly DownloadEndpoint _endpoint;

    private EndpointBench(ServedCertificate certificate, DownloadHandler handler, DownloadEndpoint endpoint)
    {
        (_certificate, _handler, _endpoint) = (certificate, handler, endpoint);
    }

    public static DownloadAddress Log { get; } = new("default", "velero", "backups/nightly-1/nightly-1-logs.gz");

    public static DownloadAddress Archive { get; } = new("default", "velero", "backups/nightly-1/nightly-1.tar.gz");

    public required MadeCertificate Trust { get; init; }

    public required AddressSigner Signer { get; init; }

    public required SignedAddresses Addresses { get; init; }

    public required ObjectsInMemory Objects { get; init; }

    public required LineLogger Logger { get; init; }

    public required ManualTime Time { get; init; }

    public required ServerMetrics Metrics { get; init; }

    public Uri Root => new($"https://localhost:{_endpoint.Port}/");

    public HttpClient Http => field ??= NewClient();

    public static async Task<EndpointBench> StartAsync(bool archives = false, EndpointLimits? limits = null)
    {
        limits ??= new EndpointLimits { Ending = TimeSpan.Zero };
        var (trust, signer, objects, logger, time, metrics) =
            (new MadeCertificate(), new AddressSigner(new byte[AddressSigner.KeyLength]), new ObjectsInMemory(), new LineLogger(), new ManualTime(), new ServerMetrics());
        var addresses = new SignedAddresses(signer, new Uri("https://localhost"), time);
        var certificate = await ServedCertificate.LoadAsync(trust, TimeProvider.System, logger, default);
        var handler = new DownloadHandler(addresses, objects, archives, limits, metrics.Downloads, time, logger);
        var endpoint = await DownloadEndpoint.StartAsync(
            ListenAddress.Parse("localhost:0", "--download-address"), handler.HandleAsync, certificate, limits, TimeProvider.System, default);
        return new EndpointBench(certificate, handler, endpoint)
        {
            Trust = trust,
            Signer = signer,
            Addresses = addresses,
            Objects = objects,
            Logger = logger,
            Time = time,
            Metrics = metrics,
        };
    }

    /// <summary>A signed path.</summary>
    public string Target(DownloadAddress address) => Addresses.Create(address)["https://localhost".Length..];

    /// <summary>A request whose target goes out as it stands.</summary>
    public HttpRequestMessage Request(HttpMethod method, string target)
        => new(method, new Uri(Root.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    public Task<HttpResponseMessage> GetAsync(string target, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
        => Http.SendAsync(Request(HttpMethod.Get, target), until);

    public void BeginEnd() => _endpoint.BeginEnd();

    /// <summary>A connection of one's own.</summary>
    public async Task<SslStream> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", _endpoint.Port);
        var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(Trust.ClientOptions());
        return stream;
    }

    /// <summary>Sends text on a connection of one's own.</summary>
    public async Task<SslStream> SendAsync(string text)
    {
        var stream = await ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _endpoint.DisposeAsync();
        _handler.Dispose();
        await _certificate.DisposeAsync();
        Signer.Dispose();
    }

    private HttpClient NewClient() => new(new SocketsHttpHandler { SslOptions = Trust.ClientOptions(), MaxConnectionsPerServer = 8 });
}
