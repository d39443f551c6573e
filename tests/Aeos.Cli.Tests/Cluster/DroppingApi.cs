using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aeos.Cli.Tests.Cluster;

/// <summary>As much of an API server as it takes to create something, with Velero's definitions: <c>spec.encryption</c>, which they do not know, is dropped.</summary>
internal sealed class DroppingApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DroppingApi()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>What was created, and not only in rehearsal.</summary>
    public ConcurrentQueue<string> Written { get; } = [];

    /// <summary>Starts it, and writes a kubeconfig for it.</summary>
    public static async Task<DroppingApi> StartAsync(string kubeconfig)
    {
        var api = new DroppingApi();
        await api._app.StartAsync();
        await File.WriteAllTextAsync(kubeconfig,
            $$"""
            apiVersion: v1
            kind: Config
            current-context: it
            contexts: [{ name: it, context: { cluster: it, user: it } }]
            clusters: [{ name: it, cluster: { server: "{{api._app.Urls.Single()}}" } }]
            users: [{ name: it, user: {} }]
            """);
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Query["dryRun"] != "All")
        {
            Written.Enqueue(context.Request.Path);
        }

        var document = (await JsonNode.ParseAsync(context.Request.Body))!;
        foreach (var spec in new[] { document["spec"], document["spec"]!["template"] })
        {
            spec?.AsObject().Remove("encryption");
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(document.ToJsonString()));
    }
}
