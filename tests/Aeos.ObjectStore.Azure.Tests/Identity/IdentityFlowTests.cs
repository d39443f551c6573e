using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aeos.ObjectStore.Azure.Tests.Azurite;
using Azure.Core.Pipeline;

namespace Aeos.ObjectStore.Azure.Tests.Identity;

/// <summary>Each way to sign in, from the credentials file to an object in a container.</summary>
[Collection(SecureAzuriteCollection.Name)]
public sealed class IdentityFlowTests(SecureAzuriteFixture azurite) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aeos-identity-").FullName;
    private readonly CapturedLog _log = new();

    // The identity libraries keep tokens for each client of a tenant: a test takes ids of its own.
    private readonly string _tenant = Guid.NewGuid().ToString();
    private readonly string _client = Guid.NewGuid().ToString();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_service_principal_signs_in_with_its_secret()
    {
        var request = await PutAndGetAsync(new()
        {
            ["AZURE_TENANT_ID"] = _tenant,
            ["AZURE_CLIENT_ID"] = _client,
            ["AZURE_CLIENT_SECRET"] = "the-secret-of-the-principal",
        });

        request.Path.ShouldBe($"/{_tenant}/oauth2/v2.0/token");
        request.Values["client_id"].ShouldBe(_client);
        request.Values["client_secret"].ShouldBe("the-secret-of-the-principal");
        request.Values["scope"].ShouldContain("https://storage.azure.com/.default");
        _log.Text.ShouldContain("a service principal with a secret, because AZURE_CLIENT_SECRET is set");
        _log.Text.ShouldNotContain("the-secret-of-the-principal");
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("encrypted pem")]
    [InlineData("pkcs12")]
    public async Task A_service_principal_signs_in_with_its_certificate(string format)
    {
        using var key = RSA.Create(2048);
        var wish = new CertificateRequest("CN=principal", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = wish.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(_folder, "principal");
        var password = format == "pem" ? "" : "of the certificate";
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        await File.WriteAllBytesAsync(file, format switch
        {
            "pem" => [.. System.Text.Encoding.ASCII.GetBytes($"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n")],
            "pkcs12" => certificate.Export(X509ContentType.Pkcs12, password),
            _ => System.Text.Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportEncryptedPkcs8PrivateKeyPem(password, encryption)}\n"),
        });

        var request = await PutAndGetAsync(new()
        {
            ["AZURE_TENANT_ID"] = _tenant,
            ["AZURE_CLIENT_ID"] = _client,
            ["AZURE_CLIENT_CERTIFICATE_PATH"] = file,
            ["AZURE_CLIENT_CERTIFICATE_PASSWORD"] = password,
        });

        request.Values["client_id"].ShouldBe(_client);
        request.Values["client_assertion"].Split('.').Length.ShouldBe(3);
        request.Values.ShouldNotContainKey("client_secret");
        _log.Text.ShouldContain("a service principal with a certificate, because AZURE_CLIENT_CERTIFICATE_PATH is set");
    }

    [Fact]
    public async Task A_workload_identity_exchanges_its_service_account_token()
    {
        var file = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, "the.projected.token");

        var request = await PutAndGetAsync(new()
        {
            ["AZURE_TENANT_ID"] = _tenant,
            ["AZURE_CLIENT_ID"] = _client,
            ["AZURE_FEDERATED_TOKEN_FILE"] = file,
        });

        request.Values["client_id"].ShouldBe(_client);
        request.Values["client_assertion"].ShouldBe("the.projected.token");
        _log.Text.ShouldContain("a workload identity, because AZURE_FEDERATED_TOKEN_FILE is set");
        _log.Text.ShouldNotContain("the.projected.token");
    }

    [Fact]
    public async Task A_managed_identity_of_the_node_is_used_when_nothing_is_set()
    {
        var request = await PutAndGetAsync([]);

        request.Path.ShouldBe("/metadata/identity/oauth2/token");
        request.MetadataHeader.ShouldBe("true");
        request.Values["resource"].ShouldBe("https://storage.azure.com");
        request.Values.ShouldNotContainKey("client_id");
        _log.Text.ShouldContain("a managed identity (system-assigned), because no other credential is set");
    }

    [Fact]
    public async Task A_managed_identity_with_a_client_id_is_asked_for_by_it()
    {
        var request = await PutAndGetAsync(new() { ["AZURE_CLIENT_ID"] = _client });

        request.Path.ShouldBe("/metadata/identity/oauth2/token");
        request.Values["client_id"].ShouldBe(_client);
        _log.Text.ShouldContain($"a managed identity (client id {_client})");
    }

    [Fact]
    public async Task A_token_that_expires_in_mid_transfer_is_renewed()
    {
        RecordingTransport? transport = null;
        var spec = await azurite.NewLocationAsync(("blockSizeInBytes", "65536"));
        await using var store = SecureAzuriteFixture.Open(
            spec,
            new Dictionary<string, string> { ["AZURE_TENANT_ID"] = _tenant, ["AZURE_CLIENT_ID"] = _client, ["AZURE_CLIENT_SECRET"] = "secret" },
            inner => transport = new RecordingTransport(inner, azurite.Tokens.Metadata));
        var content = RandomNumberGenerator.GetBytes(400_000);
        azurite.Tokens.Lifetime = TimeSpan.FromSeconds(2);
        try
        {
            await using var writer = await store.CreateAsync("long", CancellationToken.None);
            await writer.WriteAsync(content.AsMemory(0, 200_000));
            // Azurite refuses a token once it has expired: the rest needs another.
            var expired = DateTimeOffset.UtcNow + azurite.Tokens.Lifetime;
            SpinWait.SpinUntil(() => DateTimeOffset.UtcNow > expired.AddSeconds(1));
            await writer.WriteAsync(content.AsMemory(200_000));
            await writer.CommitAsync(CancellationToken.None);
        }
        finally
        {
            azurite.Tokens.Lifetime = TimeSpan.FromHours(1);
        }

        (await store.GetAsync("long")).ShouldBe(content);
        transport!.Authorizations.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task When_no_credential_works_the_error_lists_what_was_tried()
    {
        var spec = await azurite.NewLocationAsync();
        await using var store = SecureAzuriteFixture.Open(spec, new Dictionary<string, string> { ["AZURE_CLIENT_ID"] = _client }, Transport);
        // The words by which Velero takes an object for gone.
        azurite.Tokens.Refusal = "Identity not found";
        try
        {
            var error = await Should.ThrowAsync<ObjectStoreException>(async () => await store.ExistsAsync("a", CancellationToken.None));

            error.Cause.ShouldContain("no credential works");
            error.Cause.ShouldContain("account key: AZURE_STORAGE_ACCOUNT_ACCESS_KEY is not set");
            error.Cause.ShouldContain("service principal: neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set");
            error.Cause.ShouldContain("workload identity: AZURE_FEDERATED_TOKEN_FILE is not set");
            error.Cause.ShouldContain($"a managed identity (client id {_client})");
            error.Message.ShouldNotContain("not found", Case.Insensitive);
            error.Message.ShouldNotContain("does not exist", Case.Insensitive);
        }
        finally
        {
            azurite.Tokens.Refusal = null;
        }
    }

    [Fact]
    public async Task A_token_service_that_gives_no_answer_is_told_from_one_that_refuses()
    {
        var spec = await azurite.NewLocationAsync(("activeDirectoryAuthorityURI", "https://127.0.0.1:1"));
        await using var store = SecureAzuriteFixture.Open(
            spec, new Dictionary<string, string> { ["AZURE_TENANT_ID"] = _tenant, ["AZURE_CLIENT_ID"] = _client, ["AZURE_CLIENT_SECRET"] = "secret" });

        var error = await Should.ThrowAsync<ObjectStoreException>(async () => await store.ExistsAsync("a", CancellationToken.None));

        error.Cause.ShouldEndWith("AZURE_CLIENT_SECRET is set: the token service gave no answer: Connection refused (127.0.0.1:1)");
    }

    private async Task<TokenRequest> PutAndGetAsync(Dictionary<string, string> credentials)
    {
        var before = azurite.Tokens.Requests.Count;
        var spec = await azurite.NewLocationAsync();
        await using var store = SecureAzuriteFixture.Open(spec, credentials, Transport, _log);
        azurite.Tokens.Requests.Count.ShouldBe(before, "opening a store sends no request");

        await store.PutAsync("a/b", "content"u8.ToArray());

        (await store.GetAsync("a/b")).ShouldBe("content"u8.ToArray());
        (await store.ListAllAsync()).ShouldBe(["a/b"]);
        azurite.Tokens.Requests.Count.ShouldBe(before + 1, "one token serves many requests");
        return azurite.Tokens.Requests[^1];
    }

    private RecordingTransport Transport(HttpPipelineTransport inner) => new(inner, azurite.Tokens.Metadata);
}
