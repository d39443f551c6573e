using Aeos.GoPlugin.Protos;

namespace Aeos.GoPlugin.Grpc;

/// <summary>The methods that every go-plugin server has beside the application's.</summary>
internal static class GoPluginMethods
{
    public static readonly GrpcMethod<HealthCheckRequest, HealthCheckResponse> HealthCheck =
        new("grpc.health.v1.Health", "Check", HealthCheckRequest.Parser, HealthCheckResponse.Parser);

    public static readonly GrpcMethod<HealthCheckRequest, HealthCheckResponse> HealthWatch =
        new("grpc.health.v1.Health", "Watch", HealthCheckRequest.Parser, HealthCheckResponse.Parser);

    public static readonly GrpcMethod<Protos.Empty, Protos.Empty> Shutdown =
        new("plugin.GRPCController", "Shutdown", Protos.Empty.Parser, Protos.Empty.Parser);

    public static readonly GrpcMethod<Google.Protobuf.WellKnownTypes.Empty, StdioData> StreamStdio =
        new("plugin.GRPCStdio", "StreamStdio", Google.Protobuf.WellKnownTypes.Empty.Parser, StdioData.Parser);

    public static readonly GrpcMethod<ConnInfo, ConnInfo> StartStream =
        new("plugin.GRPCBroker", "StartStream", ConnInfo.Parser, ConnInfo.Parser);
}
