using Aeos.GoPlugin.Grpc;
using Aeos.GoPlugin.Protos;

namespace Aeos.GoPlugin.Server;

/// <summary>What hosts expect of every plugin: health, the controller, stdio and the broker.</summary>
internal static class GoPluginServices
{
    /// <summary>The service that go-plugin hosts ask the health service for.</summary>
    public const string HealthName = "plugin";

    /// <summary>The services, in one.</summary>
    public static GrpcService Create(ServerLifetime lifetime) => new GrpcService()
        .Unary(GoPluginMethods.HealthCheck, (request, _) => IsServed(request)
            ? Task.FromResult(new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving })
            : throw new RpcException(StatusCode.NotFound, "unknown service"))
        .ServerStreaming(GoPluginMethods.HealthWatch, async (request, updates, call) =>
        {
            var status = IsServed(request)
                ? HealthCheckResponse.Types.ServingStatus.Serving
                : HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
            await updates.WriteAsync(new HealthCheckResponse { Status = status }, call.CancellationToken);
            await HoldAsync(lifetime, call);
        })
        .Unary(GoPluginMethods.Shutdown, (_, _) =>
        {
            lifetime.RequestEnd();
            return Task.FromResult(new Empty());
        })
        // Nothing is ever printed that would have to go this way: logs go to stderr, and stdout is kept clean.
        .ServerStreaming(GoPluginMethods.StreamStdio, (_, _, call) => HoldAsync(lifetime, call))
        // A plugin that never opens connections of its own has nothing to say here; hosts only want the stream to stay open.
        .Duplex(GoPluginMethods.StartStream, (_, _, call) => HoldAsync(lifetime, call));

    private static bool IsServed(HealthCheckRequest request) => request.Service is HealthName or "";

    private static async Task HoldAsync(ServerLifetime lifetime, ServerCall call)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Ending, call.CancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!lifetime.Ending.IsCancellationRequested)
        {
            call.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
