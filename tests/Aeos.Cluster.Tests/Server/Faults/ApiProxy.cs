using System.Net;
using System.Text;
using Aeos.Cluster.Tests.Running;
using Aeos.Cluster.Tests.Server.OfficialClient;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>Stands between a server and a room's cluster, embedded or real: fails requests, cuts watches, and goes away and comes back at the same address.</summary>
internal sealed class ApiProxy : IAsyncDisposable
{
    private readonly HttpClient _cluster;
    private readonly Lock _lock = new();
    private readonly HashSet<HttpContext> _watches = [];
    private WebApplication? _application;
    private int _port;
    private int _underWay;
    private long _calls;

    private ApiProxy(HttpClient cluster) => _cluster = cluster;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Decides about each request; may wait. Called by many threads at once.</summary>
    public Func<ApiCall, Task<ApiFault>>? OnCall { get; set; }

    /// <summary>How many requests are under way, but for watches.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>How many requests there were.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    public static async Task<ApiProxy> StartAsync(ClusterRoom room)
    {
        var proxy = new ApiProxy(RawCluster.Open(room));
        await proxy.ComeBackAsync();
        return proxy;
    }

    /// <summary>Breaks all connections and takes no more.</summary>
    public async Task GoAwayAsync()
    {
        if (_application is not { } application)
        {
            return;
        }

        _application = null;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }

    /// <summary>Listens, where it did before.</summary>
    public async Task ComeBackAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        var application = builder.Build();
        application.Run(HandleAsync);
        await application.StartAsync();
        _port = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        _application = application;
    }

    /// <summary>Breaks the line of each watch.</summary>
    /// <returns>How many there were.</returns>
    public int CutWatches()
    {
        HttpContext[] watches;
        lock (_lock)
        {
            watches = [.. _watches];
            _watches.Clear();
        }

        foreach (var watch in watches)
        {
            watch.Abort();
        }

        return watches.Length;
    }

    public async ValueTask DisposeAsync()
    {
        await GoAwayAsync();
        _cluster.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        var call = new ApiCall(context.Request.Method, context.Request.Path.Value ?? "", context.Request.QueryString.Value ?? "", Encoding.UTF8.GetString(content.ToArray()));
        var count = call.IsWatch ? 0 : 1;
        Interlocked.Add(ref _underWay, count);
        Interlocked.Increment(ref _calls);
        try
        {
            var fault = OnCall is { } decide ? await decide(call) : ApiFault.None;
            if (fault.IsCut)
            {
                context.Abort();
            }
            else if (fault.Code > 0)
            {
                await AnswerAsync(context, fault);
            }
            else
            {
                await PassOnAsync(context, call, fault, content.ToArray());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or HttpRequestException)
        {
            context.Abort();
        }
        finally
        {
            Interlocked.Add(ref _underWay, -count);
        }
    }

    private static Task AnswerAsync(HttpContext context, ApiFault fault)
    {
        context.Response.StatusCode = fault.Code;
        context.Response.ContentType = "application/json";
        if (fault.Code == 429)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return context.Response.WriteAsync(
            $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"a bad hour","reason":"{{fault.Reason}}","code":{{fault.Code}}}""", context.RequestAborted);
    }

    private async Task PassOnAsync(HttpContext context, ApiCall call, ApiFault fault, byte[] content)
    {
        // What is to be carried out is, though whoever asked may be dead.
        var token = fault.IsLost ? CancellationToken.None : context.RequestAborted;
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Path + call.Query);
        request.Headers.TryAddWithoutValidation("Accept", context.Request.Headers.Accept.ToString());
        if (content.Length > 0)
        {
            request.Content = new ByteArrayContent(content);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        using var response = await _cluster.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        if (fault.IsLost)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (response.Headers.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = wait.ToString();
        }

        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        if (call.IsWatch)
        {
            lock (_lock)
            {
                _watches.Add(context);
            }
        }

        try
        {
            await context.Response.StartAsync(token);
            await using var body = await response.Content.ReadAsStreamAsync(token);
            var buffer = new byte[16 * 1024];
            while (await body.ReadAsync(buffer, token) is > 0 and var read)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), token);
                await context.Response.Body.FlushAsync(token);
            }
        }
        finally
        {
            lock (_lock)
            {
                _watches.Remove(context);
            }
        }
    }
}
