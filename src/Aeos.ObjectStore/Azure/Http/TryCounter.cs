using Azure.Core;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>Counts how often a request was sent: an answer to a second try can be about what the first one did.</summary>
internal sealed class TryCounter : HttpPipelineSynchronousPolicy
{
    /// <summary>How often it was sent.</summary>
    public static int Of(HttpMessage message) => message.TryGetProperty(typeof(TryCounter), out var count) ? (int)count! : 0;

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message) => message.SetProperty(typeof(TryCounter), Of(message) + 1);
}
