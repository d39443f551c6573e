using Azure.Core;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>Says which version of the service's interface a request speaks.</summary>
internal sealed class ServiceVersionPolicy : HttpPipelineSynchronousPolicy
{
    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message) =>
        message.Request.Headers.SetValue("x-ms-version", BlobClientOptions.ServiceVersion);
}
