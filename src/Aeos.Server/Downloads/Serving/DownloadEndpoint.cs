using System.Net.Security;
using System.Security.Authentication;
using Aeos.Server.Downloads.Certificates;
using Aeos.Server.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Aeos.Server.Downloads.Serving;

/// <summary>
/// Kestrel with HTTPS and nothing between it and the handler. HTTP/1.1 alone, so that the number of connections bounds the number of requests, and a connection that is reset
/// cannot be taken for one that came to its end.
/// </summary>
internal sealed class DownloadEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly EndpointLimits _limits;
    private readonly TimeProvider _time;
    private readonly Lazy<Task> _ended;

    private DownloadEndpoint(WebApplication application, EndpointLimits limits, TimeProvider time)
    {
        (_application, _limits, _time, _ended) = (application, limits, time, new Lazy<Task>(EndAsync));
        Port = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; }

    /// <summary>Starts it.</summary>
    /// <param name="listen">Where; port 0 is a free one.</param>
    /// <param name="handler">Answers.</param>
    /// <param name="certificate">What it shows.</param>
    /// <param name="limits">What it bears.</param>
    /// <param name="time">The clock of its end.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<DownloadEndpoint> StartAsync(
        ListenAddress listen, RequestDelegate handler, ServedCertificate certificate, EndpointLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;
            kestrel.Limits.MaxConcurrentConnections = limits.Connections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.RequestHeadersTimeout = limits.Greeting;
            kestrel.Limits.KeepAliveTimeout = limits.Idling;
            kestrel.Limits.MinResponseDataRate = new MinDataRate(limits.SlowestReader, limits.Stalling);
            void Configure(ListenOptions options)
            {
                options.Protocols = HttpProtocols.Http1;
                options.UseHttps(new TlsHandshakeCallbackOptions
                {
                    HandshakeTimeout = limits.Greeting,
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = certificate.Context,
                        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    }),
                });
            }

            listen.ApplyTo(kestrel, Configure);
        });
        var application = builder.Build();
        application.Run(handler);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            return new DownloadEndpoint(application, limits, time);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Begins to take no new requests; downloads go on for a while, and those that are left then are cut.</summary>
    public void BeginEnd() => _ = _ended.Value;

    /// <summary>Ends, and waits for that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.Value.ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private async Task EndAsync()
    {
        using var end = new CancellationTokenSource(_limits.Ending, _time);
        await _application.StopAsync(end.Token).ConfigureAwait(false);
    }
}
