using Aeos.ObjectStore.Azure.Tests.Azurite;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Azure.Tests.Tls;

/// <summary>A location's own certificate authority.</summary>
[Collection(SecureAzuriteCollection.Name)]
public sealed class CaCertTests(SecureAzuriteFixture azurite)
{
    [Fact]
    public async Task A_server_of_the_locations_authority_is_trusted()
    {
        await using var store = await OpenAsync(azurite.CaCert);

        await store.PutAsync("a", "a"u8.ToArray());

        (await store.GetAsync("a")).ShouldBe("a"u8.ToArray());
    }

    [Fact]
    public async Task One_of_several_authorities_is_enough()
    {
        using var another = new TestAuthority();
        await using var store = await OpenAsync($"{another.Pem}\n{azurite.CaCert}\n");

        (await store.ListAllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_of_another_authority_is_refused_at_once_with_what_to_do()
    {
        using var another = new TestAuthority();
        foreach (var authority in new[] { another.Pem, "" })
        {
            await using var store = await OpenAsync(authority);

            var error = await Should.ThrowAsync<ObjectStoreException>(() => store.ListAllAsync());

            error.Cause.ShouldContain("is not trusted");
            error.Remedy.ShouldContain("caCert");
        }
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_whoever_issued_it()
    {
        using var tls = new TestAuthority("127.0.0.2");
        await using var tokens = await Identity.TokenService.StartAsync(tls);
        var spec = await azurite.NewLocationAsync(("caCert", tls.Pem), ("storageAccountURI", tokens.Authority.AbsoluteUri));
        await using var store = Open(spec);

        var error = await Should.ThrowAsync<ObjectStoreException>(() => store.ListAllAsync());

        error.Cause.ShouldContain("is not trusted");
        tokens.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/etc/ssl/ca.pem")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public async Task What_is_no_certificate_is_refused_when_the_location_is_opened(string text)
    {
        var error = await Should.ThrowAsync<LocationRefusedException>(() => OpenAsync(text));

        error.Cause.ShouldContain("caCert");
        error.Remedy.ShouldContain("PEM");
    }

    private async Task<IObjectStore> OpenAsync(string caCert) => Open(await azurite.NewLocationAsync(("caCert", caCert)));

    private IObjectStore Open(LocationSpec spec) =>
        SecureAzuriteFixture.Open(spec, new Dictionary<string, string> { ["AZURE_STORAGE_ACCOUNT_ACCESS_KEY"] = azurite.AccountKey });
}
