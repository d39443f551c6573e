using System.Text.Json.Nodes;
using Aeos.Embedded.Errors;
using Microsoft.AspNetCore.Http;

namespace Aeos.Embedded.Http;

/// <summary>Answers what is no resource: discovery, the version, the health checks.</summary>
internal sealed class DiscoveryHandler(DiscoveryDocuments documents, bool aggregated)
{
    /// <summary>Whether the path was one of these; if so, it was answered.</summary>
    public async Task<bool> TryHandleAsync(HttpContext context, string[] segments)
    {
        switch (segments)
        {
            case ["healthz" or "livez" or "readyz", ..]:
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync("ok", context.RequestAborted).ConfigureAwait(false);
                return true;
            case ["version"]:
                await ObjectResponse.WriteAsync(context, 200, Version()).ConfigureAwait(false);
                return true;
            case ["api"]:
                await WriteRootAsync(context, core: true).ConfigureAwait(false);
                return true;
            case ["apis"]:
                await WriteRootAsync(context, core: false).ConfigureAwait(false);
                return true;
            case ["api", var version]:
                await WriteAsync(context, documents.Resources("", version)).ConfigureAwait(false);
                return true;
            case ["apis", var group]:
                await WriteAsync(context, documents.Group(group)).ConfigureAwait(false);
                return true;
            case ["apis", var group, var version]:
                await WriteAsync(context, documents.Resources(group, version)).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "34",
        ["gitVersion"] = "v1.34.0+embedded",
        ["platform"] = "linux/amd64",
    };

    private static Task WriteAsync(HttpContext context, JsonObject? document) =>
        ObjectResponse.WriteAsync(context, 200, document ?? throw ApiError.PageNotFound());

    private async Task WriteRootAsync(HttpContext context, bool core)
    {
        context.Response.Headers.Vary = "Accept";
        if (aggregated && AggregatedVersion(context.Request) is { } version)
        {
            var document = documents.Aggregated(core, version);
            context.Response.OnStarting(() =>
            {
                context.Response.ContentType = $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList";
                return Task.CompletedTask;
            });
            await ObjectResponse.WriteAsync(context, 200, document).ConfigureAwait(false);
            return;
        }

        var address = context.Request.Host.Value ?? "";
        await ObjectResponse.WriteAsync(context, 200, core ? DiscoveryDocuments.CoreVersions(address) : documents.Groups()).ConfigureAwait(false);
    }

    // The first form in the header that can be served wins; a plain application/json before the aggregated form asks for the old documents.
    private static string? AggregatedVersion(HttpRequest request)
    {
        foreach (var media in request.Headers.Accept.ToString().Split(','))
        {
            var parts = media.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] != "application/json")
            {
                continue;
            }

            if (!parts.Contains("as=APIGroupDiscoveryList"))
            {
                return null;
            }

            if (parts.Contains("g=apidiscovery.k8s.io") && (parts.Contains("v=v2") || parts.Contains("v=v2beta1")))
            {
                return parts.Contains("v=v2") ? "v2" : "v2beta1";
            }
        }

        return null;
    }
}
