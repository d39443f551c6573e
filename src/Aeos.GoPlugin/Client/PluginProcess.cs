using Aeos.GoPlugin.Grpc;

namespace Aeos.GoPlugin.Client;

/// <summary>A running plugin, from the host's side.</summary>
public sealed class PluginProcess : IAsyncDisposable
{
    private PluginProcess() => throw new NotImplementedException();

    /// <summary>The protocol version that was agreed on.</summary>
    public int ProtocolVersion => throw new NotImplementedException();

    /// <summary>The process's id.</summary>
    public int ProcessId => throw new NotImplementedException();

    /// <summary>The connection to it.</summary>
    public GrpcChannel Channel => throw new NotImplementedException();

    /// <summary>Starts the process and shakes hands.</summary>
    /// <exception cref="PluginStartException">It did not start, ended early, or did not shake hands in time.</exception>
    public static Task<PluginProcess> StartAsync(PluginProcessOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Asks the plugin to end, waits up to 2 s, and kills it then.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
