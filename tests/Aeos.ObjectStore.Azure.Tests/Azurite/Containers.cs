using Aeos.ObjectStore.Azure.Http;
using Aeos.ObjectStore.Azure.Signing;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Tests.Azurite;

/// <summary>What an administrator does and a store does not: creating a container.</summary>
internal static class Containers
{
    public static async Task CreateAsync(Uri service, string account, string accountKey, string container, HttpPipelineTransport? transport = null)
    {
        using var key = AccountKey.Parse(accountKey, "the test's key");
        using var own = transport is null ? BlobTransport.Create([]) : null;
        var pipeline = BlobPipeline.Build(new SharedKeyPolicy(account, key, TimeProvider.System), transport ?? own!, new TransferOptions());
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Put;
        message.Request.Uri.Reset(new BlobEndpoint(service, account, container).ContainerUri);
        message.Request.Uri.AppendQuery("restype", "container");
        await pipeline.SendAsync(message, CancellationToken.None);
        message.Response.Status.ShouldBe(201, message.Response.Content.ToString());
    }
}
