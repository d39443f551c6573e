using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Tests.Identity;

/// <summary>Stands in for the network of a cluster's node: what goes to the metadata address arrives at the tests' service. Records tokens.</summary>
internal sealed class RecordingTransport(HttpPipelineTransport inner, Uri metadata) : HttpPipelineTransport
{
    /// <summary>Every Authorization header that a request to the store had.</summary>
    public ConcurrentDictionary<string, int> Authorizations { get; } = new();

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message)
    {
        Redirect(message);
        inner.Process(message);
    }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Redirect(message);
        if (message.Request.Headers.TryGetValue("Authorization", out var authorization))
        {
            Authorizations.AddOrUpdate(authorization!, 1, (_, count) => count + 1);
        }

        return inner.ProcessAsync(message);
    }

    private void Redirect(HttpMessage message)
    {
        if (message.Request.Uri.Host == "169.254.169.254")
        {
            message.Request.Uri.Host = metadata.Host;
            message.Request.Uri.Port = metadata.Port;
        }
    }
}
