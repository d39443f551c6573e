namespace Aeos.GoPlugin.Grpc;

/// <summary>Sends a stream's messages. A slow reader holds the writer back.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IServerStreamWriter<in T>
{
    /// <summary>Sends one message, at most 4 MiB; waits while the connection's flow control holds it back.</summary>
    ValueTask WriteAsync(T message, CancellationToken cancellationToken);
}
