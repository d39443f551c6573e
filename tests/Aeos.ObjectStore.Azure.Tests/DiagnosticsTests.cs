using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Aeos.ObjectStore.Azure.Tests.Azurite;
using Azure.Core.Diagnostics;

namespace Aeos.ObjectStore.Azure.Tests;

/// <summary>What Azure.Core's own diagnostics show to whoever listens.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class DiagnosticsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Requests_are_shown_without_signatures_keys_and_content()
    {
        var shown = new ConcurrentQueue<string>();
        using var listener = new AzureEventSourceListener((_, text) => shown.Enqueue(text), EventLevel.LogAlways);
        var spec = await azurite.NewLocationAsync();
        await using var store = azurite.Open(spec);

        await store.PutAsync("a", "the content"u8.ToArray());
        await store.GetAsync("a");
        var url = await store.CreateSignedUrlAsync("a", TimeSpan.FromMinutes(1), CancellationToken.None);
        await Should.ThrowAsync<ObjectNotFoundException>(() => store.GetAsync("missing"));

        var text = string.Join('\n', shown.Where(line => line.Contains(spec.Bucket, StringComparison.Ordinal)));
        text.ShouldContain($"/{spec.Bucket}/a");
        text.ShouldContain("Authorization:REDACTED");
        text.ShouldNotContain($"SharedKey {AzuriteFixture.Account}");
        text.ShouldNotContain("the content");
        text.ShouldNotContain(azurite.AccountKey);
        text.ShouldNotContain(System.Web.HttpUtility.ParseQueryString(url.Query)["sig"]!);
    }
}
