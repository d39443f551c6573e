using System.Buffers;
using Aeos.Kubernetes.Errors;
using Aeos.ObjectStore;
using Aeos.Server.Downloads.Addresses;
using Aeos.Server.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Aeos.Server.Downloads.Serving;

/// <summary>
/// Answers the requests of the download endpoint. Until the address was verified, nothing is looked at but the address, and every one that is refused is refused with the same
/// bytes. What goes out was verified; when an object turns out to be damaged on the way, the connection is reset, so that no client takes a part for the whole.
/// </summary>
internal sealed class DownloadHandler(
    SignedAddresses addresses, IDownloadSource source, bool archives, EndpointLimits limits, DownloadMetrics metrics, TimeProvider time, ILogger log) : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly SemaphoreSlim _turns = new(limits.Downloads);
    private readonly RefusalLog _refusals = new(time, log);

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var isHead = context.Request.Method == HttpMethods.Head;
        if (!isHead && context.Request.Method != HttpMethods.Get)
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Only GET and HEAD are answered here.").ConfigureAwait(false);
            return;
        }

        // Without chunks a body that is cut off looks whole.
        if (!HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            await WriteAsync(context, StatusCodes.Status505HttpVersionNotsupported, "Ask with HTTP/1.1.").ConfigureAwait(false);
            return;
        }

        if (addresses.Verify(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) is not { } address)
        {
            metrics.Refused();
            _refusals.Add();
            await WriteAsync(context, StatusCodes.Status403Forbidden, "This address is not valid, or not any more. Ask for a new one with a DownloadRequest.").ConfigureAwait(false);
            return;
        }

        var started = time.GetTimestamp();
        var (result, bytes) = await AnswerAsync(context, address, isHead).ConfigureAwait(false);
        var took = (long)time.GetElapsedTime(started).TotalMilliseconds;
        DownloadLog.Answered(log, context.Request.Method, address.Location, address.Bucket, address.Key, result, bytes, took);
    }

    public void Dispose() => _turns.Dispose();

    private async Task<(string Result, long Bytes)> AnswerAsync(HttpContext context, DownloadAddress address, bool isHead)
    {
        if (address.IsArchive && !archives)
        {
            await WriteAsync(context, StatusCodes.Status403Forbidden, "This server hands out no archives: it runs without --download-archives.").ConfigureAwait(false);
            return ("403", 0);
        }

        try
        {
            if (!await _turns.WaitAsync(limits.Waiting, context.RequestAborted).ConfigureAwait(false))
            {
                context.Response.Headers.RetryAfter = "30";
                await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many downloads are under way. Try again.").ConfigureAwait(false);
                return ("503", 0);
            }
        }
        catch (OperationCanceledException)
        {
            return ("the client left", 0);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            return await SendAsync(context, address, isHead, buffer).ConfigureAwait(false);
        }
        finally
        {
            // It held plaintext.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            _turns.Release();
        }
    }

    private async Task<(string Result, long Bytes)> SendAsync(HttpContext context, DownloadAddress address, bool isHead, byte[] buffer)
    {
        var bytes = 0L;
        try
        {
            var content = await source.OpenAsync(address, context.RequestAborted).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                // An object that is refused at its beginning is refused with a reason.
                var read = await content.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false);
                context.Response.ContentType = "application/gzip";
                for (; !isHead && read > 0; read = await content.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false))
                {
                    await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted).ConfigureAwait(false);
                    bytes += read;
                }
            }

            metrics.Served();
            return ("200", bytes);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return ("the client left", bytes);
        }
        catch (Exception failure) when (context.Response.HasStarted)
        {
            context.Abort();
            Failed(address, failure);
            return ("reset", bytes);
        }
        catch (ObjectNotFoundException)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, "There is no such object.").ConfigureAwait(false);
            metrics.Missing();
            return ("404", 0);
        }
        catch (AeosException failure)
        {
            Failed(address, failure);
            await WriteAsync(context, StatusCodes.Status502BadGateway, $"The object cannot be read: {failure.Cause}.").ConfigureAwait(false);
            return ("502", 0);
        }
        catch (Exception failure)
        {
            Failed(address, failure);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "The object cannot be read: the server's log says why.").ConfigureAwait(false);
            return ("500", 0);
        }
    }

    private void Failed(DownloadAddress address, Exception failure)
    {
        metrics.Failed(address.Location, failure);
        if (failure is AeosException or KubernetesException)
        {
            DownloadLog.Failed(log, address.Key, failure.Message);
        }
        else
        {
            DownloadLog.Broke(log, address.Key, failure);
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Request.Method == HttpMethods.Head ? Task.CompletedTask : context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
