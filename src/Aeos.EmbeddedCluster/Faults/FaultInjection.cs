using System.Globalization;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Aeos.Embedded.Faults;

/// <summary>Brings a test's fault over a request.</summary>
internal static class FaultInjection
{
    /// <summary>Whether the request was answered by the fault.</summary>
    public static async Task<bool> ApplyAsync(HttpContext context, Fault fault)
    {
        if (fault.Pause is not null)
        {
            await fault.Pause(context.RequestAborted).ConfigureAwait(false);
        }

        if (fault.Status is { } status)
        {
            if (fault.RetryAfterSeconds is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            if (fault.IsText)
            {
                context.Response.StatusCode = status;
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync(fault.Message, context.RequestAborted).ConfigureAwait(false);
                return true;
            }

            await ObjectResponse.WriteAsync(context, status, new ApiError(status, fault.Reason, fault.Message).ToStatus()).ConfigureAwait(false);
            return true;
        }

        if (fault.CutAfterBytes is { } bytes)
        {
            // A length would make the cut visible at once; servers that break in mid-body mostly stream.
            context.Response.OnStarting(() =>
            {
                context.Response.ContentLength = null;
                return Task.CompletedTask;
            });
            var cutting = new CuttingStream(context.Response.Body, bytes, context.Abort);
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(cutting));
        }

        return false;
    }
}
