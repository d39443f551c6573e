using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Http;

/// <summary>Puts the pipeline together that every request goes through: version, retries, authorization, transport.</summary>
internal static class BlobPipeline
{
    /// <summary>Builds it.</summary>
    /// <param name="authorization">Signs each try of a request, or adds a token to it.</param>
    /// <param name="transport">Makes the connections.</param>
    /// <param name="options">How often to retry, how long to wait.</param>
    public static HttpPipeline Build(HttpPipelinePolicy authorization, HttpPipelineTransport transport, TransferOptions options)
    {
        var client = new BlobClientOptions
        {
            Transport = transport,
            RetryPolicy = new BlobRetryPolicy(options),
        };
        client.Retry.NetworkTimeout = options.NetworkTimeout;
        return HttpPipelineBuilder.Build(client, [new ServiceVersionPolicy()], [new TryCounter(), authorization], new BlobResponseClassifier());
    }
}
