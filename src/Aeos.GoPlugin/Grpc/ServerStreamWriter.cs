using Google.Protobuf;

namespace Aeos.GoPlugin.Grpc;

/// <summary>A call's response writer, for messages of one type.</summary>
internal sealed class ServerStreamWriter<T>(ResponseWriter responses) : IServerStreamWriter<T>
    where T : IMessage<T>
{
    /// <inheritdoc/>
    public ValueTask WriteAsync(T message, CancellationToken cancellationToken) => responses.WriteAsync(message, cancellationToken);
}
