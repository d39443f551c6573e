using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Web;
using Aeos.ObjectStore.Azure.Http;
using Aeos.ObjectStore.Azure.Tests.Azurite;

namespace Aeos.ObjectStore.Azure.Tests.Signing;

/// <summary>Signed URLs of an identity that has no account key: a user delegation key signs them.</summary>
[Collection(SecureAzuriteCollection.Name)]
public sealed class DelegatedUrlTests(SecureAzuriteFixture azurite)
{
    [Fact]
    public async Task Anybody_can_fetch_the_object_over_https_only()
    {
        var spec = await azurite.NewLocationAsync(("useAAD", "true"));
        await using var store = SecureAzuriteFixture.Open(spec, new Dictionary<string, string>
        {
            ["AZURE_TENANT_ID"] = Guid.NewGuid().ToString(),
            ["AZURE_CLIENT_ID"] = Guid.NewGuid().ToString(),
            ["AZURE_CLIENT_SECRET"] = "secret",
            ["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = azurite.AccountKey,
        });
        await store.PutAsync("a b/ü#.txt", "the content"u8.ToArray());

        var url = await store.CreateSignedUrlAsync("a b/ü#.txt", TimeSpan.FromMinutes(5), CancellationToken.None);

        var query = HttpUtility.ParseQueryString(url.Query);
        query["skoid"].ShouldBe("66666666-7777-8888-9999-000000000000");
        query["spr"].ShouldBe("https");
        using var client = TrustingClient();
        (await client.GetByteArrayAsync(url)).ShouldBe("the content"u8.ToArray());
        var forged = new Uri(url.AbsoluteUri.Replace("sp=r", "sp=rd", StringComparison.Ordinal));
        (await client.GetAsync(forged)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task With_the_account_key_no_delegation_key_is_asked_for()
    {
        var spec = await azurite.NewLocationAsync();
        await using var store = SecureAzuriteFixture.Open(
            spec, new Dictionary<string, string> { ["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = azurite.AccountKey });
        await store.PutAsync("a", "the content"u8.ToArray());

        var url = await store.CreateSignedUrlAsync("a", TimeSpan.FromMinutes(5), CancellationToken.None);

        url.Query.ShouldNotContain("skoid");
        using var client = TrustingClient();
        (await client.GetByteArrayAsync(url)).ShouldBe("the content"u8.ToArray());
    }

    private HttpClient TrustingClient()
    {
        var authorities = CertificateBundle.Parse(azurite.CaCert);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        return new HttpClient(handler);
    }
}
