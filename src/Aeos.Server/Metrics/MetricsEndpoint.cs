using System.Text;
using Aeos.Encryption;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Aeos.Server.Metrics;

/// <summary>Serves the metrics at <c>/metrics</c> over HTTP, as Velero does: without authentication, and nothing else but <c>/healthz</c>.</summary>
internal sealed class MetricsEndpoint : IAsyncDisposable
{
    /// <summary>Where Velero serves them.</summary>
    public const string DefaultAddress = ":8085";

    /// <summary>Where the pod's probes ask whether the server answers; one that waits for its Lease does.</summary>
    public const string HealthPath = "/healthz";

    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly WebApplication _application;

    private MetricsEndpoint(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Begins to serve.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <param name="address">Where: <c>--metrics-address</c>.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="AeosException">The address is none, or cannot be listened on.</exception>
    public static async Task<MetricsEndpoint> StartAsync(ServerMetrics metrics, string address, CancellationToken cancellationToken)
    {
        var listen = ListenAddress.Parse(address, "--metrics-address");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = 64;
            listen.ApplyTo(kestrel, static options => options.Protocols = HttpProtocols.Http1);
        });
        var application = builder.Build();
        application.Run(context => ServeAsync(context, metrics));
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new AeosException(
                $"the metrics cannot be served at {Printable.Quote(address)}: {e.Message.TrimEnd('.')}", "Give another address with --metrics-address, or end what listens there.", e);
        }

        var bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new MetricsEndpoint(application, new Uri(bound));
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await _application.StopAsync(now.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task ServeAsync(HttpContext context, ServerMetrics metrics)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var text = context.Request.Path.Value switch
        {
            "/metrics" when isRead => Encoding.UTF8.GetBytes(metrics.ToText()),
            HealthPath when isRead => "ok\n"u8.ToArray(),
            _ => null,
        };
        if (text is null)
        {
            context.Response.StatusCode = isRead ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
            return;
        }

        context.Response.ContentType = ContentType;
        context.Response.ContentLength = text.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
