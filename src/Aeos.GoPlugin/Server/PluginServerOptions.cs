using Aeos.GoPlugin.Grpc;
using Microsoft.Extensions.Logging;

namespace Aeos.GoPlugin.Server;

/// <summary>What a plugin serves.</summary>
public sealed record PluginServerOptions
{
    /// <summary>Cookie and protocol versions.</summary>
    public required HandshakeConfig Handshake { get; init; }

    /// <summary>The application's services; go-plugin's own (health, controller, stdio, broker) are added.</summary>
    public required IReadOnlyList<GrpcService> Services { get; init; }

    /// <summary>Printed to stderr when the process was not started by a host: what it is and how it is used.</summary>
    public required string Usage { get; init; }

    /// <summary>Takes the server's own log lines.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>
    /// Turns a handler's exception into the status that the caller gets; null leaves it at status Unknown with the exception's message. Not asked
    /// for <see cref="RpcException"/>, nor when the call was cancelled or its deadline passed.
    /// </summary>
    public Func<Exception, RpcException?>? MapException { get; init; }

    /// <summary>How long calls that are under way may go on once the end was asked for. Default 1.5 s: hosts kill after 2 s.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The clock for deadlines and certificates.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
