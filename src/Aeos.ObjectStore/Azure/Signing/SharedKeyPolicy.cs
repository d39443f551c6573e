using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Signing;

/// <summary>Signs every try of a request with the account key: a retry has a new date and so a new signature.</summary>
internal sealed class SharedKeyPolicy(string account, AccountKey key, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        var length = request.Content is { } content && content.TryComputeLength(out var bytes) ? bytes : 0;
        request.Headers.SetValue("Authorization", $"SharedKey {account}:{key.Sign(SharedKeyText.Of(request, length, account))}");
    }
}
