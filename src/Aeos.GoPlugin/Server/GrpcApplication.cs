using Aeos.GoPlugin.Grpc;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Aeos.GoPlugin.Server;

/// <summary>gRPC over HTTP/2, straight on Kestrel: finds the method, serves it, and ends every call with a status in its trailers.</summary>
internal sealed class GrpcApplication(
    IEnumerable<GrpcService> services, Func<Exception, RpcException?>? mapException, ServerLifetime lifetime, TimeProvider time)
    : IHttpApplication<IFeatureCollection>
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly Dictionary<string, ServerMethod> _methods =
        services.SelectMany(service => service.Methods).ToDictionary(method => method.Key, method => method.Value, StringComparer.Ordinal);

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        if (!HttpMethods.IsPost(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = HttpMethods.Post;
            return;
        }

        if (!IsGrpc(request.Headers.ContentType.ToString()))
        {
            response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        response.Headers.ContentType = "application/grpc";
        var failure = await ServeAsync(context, request, response);
        WriteStatus(context.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers, failure);
    }

    private async Task<RpcException?> ServeAsync(IFeatureCollection context, IHttpRequestFeature request, IHttpResponseFeature response)
    {
        if (!_methods.TryGetValue(request.Path, out var method))
        {
            return new RpcException(StatusCode.Unimplemented, $"unknown method {request.Path}");
        }

        var encoding = request.Headers["grpc-encoding"].ToString();
        if (encoding.Length > 0 && encoding != "identity")
        {
            response.Headers["grpc-accept-encoding"] = "identity";
            return new RpcException(StatusCode.Unimplemented, $"the encoding {encoding} is not supported");
        }

        TimeSpan? timeout = null;
        var timeoutText = request.Headers["grpc-timeout"].ToString();
        if (timeoutText.Length > 0)
        {
            if (!GrpcTimeout.TryParse(timeoutText, out var parsed))
            {
                return new RpcException(StatusCode.Internal, "grpc-timeout cannot be read");
            }

            timeout = parsed;
        }

        if (!lifetime.TryEnter())
        {
            return new RpcException(StatusCode.Unavailable, "the plugin is ending");
        }

        try
        {
            return await ServeAsync(context, request.Path, method, timeout);
        }
        finally
        {
            lifetime.Exit();
        }
    }

    private async Task<RpcException?> ServeAsync(IFeatureCollection context, string path, ServerMethod method, TimeSpan? timeout)
    {
        using var deadline = timeout < LongestTimer ? new CancellationTokenSource(timeout.Value, time) : null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted, lifetime.Stopped, deadline?.Token ?? CancellationToken.None);
        var call = new ServerCall(path, timeout is { } t && t < LongestTimer ? time.GetUtcNow() + t : null, ended.Token);
        var requests = new MessageReader(context.GetRequiredFeature<IRequestBodyPipeFeature>().Reader);
        var responses = new ResponseWriter(context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer, ended.Token);
        try
        {
            await method(requests, responses, call);
            return null;
        }
        catch (RpcException e)
        {
            return e;
        }
        catch (Exception e)
        {
            // Whatever a handler throws because its call was cut short, the reason is what the caller must hear.
            if (deadline is { IsCancellationRequested: true })
            {
                return new RpcException(StatusCode.DeadlineExceeded, "the deadline passed", innerException: e);
            }

            if (lifetime.Stopped.IsCancellationRequested)
            {
                return new RpcException(StatusCode.Unavailable, "the plugin ended during the call", innerException: e);
            }

            if (e is OperationCanceledException || ended.IsCancellationRequested || e is ConnectionResetException)
            {
                return new RpcException(StatusCode.Cancelled, "the call was cancelled", innerException: e);
            }

            return mapException?.Invoke(e) ?? new RpcException(StatusCode.Unknown, e.Message, innerException: e);
        }
    }

    private static bool IsGrpc(string contentType)
    {
        const string Grpc = "application/grpc";
        if (!contentType.StartsWith(Grpc, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = contentType.AsSpan(Grpc.Length);
        var parameters = rest.IndexOf(';');
        var suffix = (parameters < 0 ? rest : rest[..parameters]).Trim();
        return suffix.IsEmpty || suffix.Equals("+proto", StringComparison.OrdinalIgnoreCase);
    }

    private static void WriteStatus(IHeaderDictionary trailers, RpcException? failure)
    {
        if (failure is null)
        {
            trailers[StatusTrailers.Status] = "0";
            return;
        }

        trailers[StatusTrailers.Status] = ((int)failure.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        trailers[StatusTrailers.Message] = StatusTrailers.EncodeMessage(failure.Message);
        if (StatusTrailers.EncodeDetails(failure) is { } details)
        {
            trailers[StatusTrailers.Details] = details;
        }
    }
}
