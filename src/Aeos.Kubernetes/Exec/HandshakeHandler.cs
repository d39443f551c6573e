using Aeos.Kubernetes.Transport;

namespace Aeos.Kubernetes.Exec;

/// <summary>Sends a WebSocket's handshake over the client's own connections and credentials, and keeps the server's words when it refuses.</summary>
internal sealed class HandshakeHandler(ApiTransport transport, string title) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => transport.UpgradeAsync(request, title, cancellationToken);
}
