using Aeos.Embedded.Errors;
using Aeos.Embedded.Faults;
using Aeos.Embedded.Security;
using Microsoft.AspNetCore.Http;

namespace Aeos.Embedded.Http;

/// <summary>The way of every request: the test's fault, who it is, what it wants, and any error as a Status object.</summary>
internal sealed class RequestPipeline(DiscoveryHandler discovery, ResourceHandler resources, BrokenGroups broken, Authentication authentication)
{
    public Func<EmbeddedRequest, Fault?>? Hook { get; set; }

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await DispatchAsync(context).ConfigureAwait(false);
        }
        catch (ApiError e)
        {
            await WriteErrorAsync(context, e).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            var tooLarge = new ApiError(413, "RequestEntityTooLarge", $"Request entity too large: limit is {RequestBody.Limit}");
            await WriteErrorAsync(context, tooLarge).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            // A name that stands twice in one object shows itself only when the object is read.
            await WriteErrorAsync(context, ApiError.BadRequest($"the body of the request cannot be read: {e.Message}")).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone, or a test has cut the connection.
        }
    }

    private async Task DispatchAsync(HttpContext context)
    {
        var request = context.Request;
        var seen = new EmbeddedRequest(request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "", request.Headers.UserAgent.ToString());
        if (Hook?.Invoke(seen) is { } fault && await FaultInjection.ApplyAsync(context, fault).ConfigureAwait(false))
        {
            return;
        }

        authentication.Check(context);
        var segments = (request.Path.Value ?? "").Trim('/').Split('/');
        if (segments is ["apis", var group, _, ..] && broken.Contains(group))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("service unavailable\n", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        if (await discovery.TryHandleAsync(context, segments).ConfigureAwait(false))
        {
            return;
        }

        CheckAccept(request);
        await resources.HandleAsync(context, RequestPath.Parse(segments) ?? throw ApiError.PageNotFound()).ConfigureAwait(false);
    }

    private static void CheckAccept(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        if (accept.Length > 0 && !accept.Contains("json", StringComparison.Ordinal) && !accept.Contains("*/*", StringComparison.Ordinal)
            && !accept.Contains("application/*", StringComparison.Ordinal))
        {
            throw new ApiError(406, "NotAcceptable", "only the following media types are accepted: application/json", []);
        }
    }

    private static async Task WriteErrorAsync(HttpContext context, ApiError error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        if (error.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await ObjectResponse.WriteAsync(context, error.Code, error.ToStatus()).ConfigureAwait(false);
    }
}
