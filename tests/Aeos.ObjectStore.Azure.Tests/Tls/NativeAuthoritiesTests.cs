using Aeos.ObjectStore.Azure.Tests.Azurite;
using Aeos.Plugin.Tests.Native;

namespace Aeos.ObjectStore.Azure.Tests.Tls;

/// <summary>
/// The native executable in a root that keeps certificate authorities where Velero's image does, and not where the OpenSSL looks that is linked into
/// it (Debian's, /usr/lib/ssl): .NET then looks in /etc/ssl/certs.
/// </summary>
[Collection(SecureAzuriteCollection.Name)]
public sealed class NativeAuthoritiesTests(SecureAzuriteFixture azurite)
{
    [ChrootFact("chroot", "mknod", "ldd")]
    public async Task It_trusts_the_authorities_in_the_images_bundle_and_nobody_without_it()
    {
        using var root = await EmptyRoot.CreateAsync();
        var spec = await azurite.NewLocationAsync();
        root.Write("/location.yaml", $$"""
            apiVersion: velero.io/v1
            kind: BackupStorageLocation
            metadata: { name: default }
            spec:
              provider: aeos.io/azure
              objectStorage: { bucket: {{spec.Bucket}} }
              config: { storageAccount: {{SecureAzuriteFixture.Account}}, storageAccountURI: "{{azurite.Service}}" }
            """);
        root.Write("/credentials", $"""
            AZURE_STORAGE_ACCOUNT_ACCESS_KEY={azurite.AccountKey}
            AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY={Convert.ToBase64String(new byte[32])}
            """);
        root.Write("/file", "a text");

        var (failed, refusal) = await root.RunAsync("store", "put", "a", "/file", "--location", "/location.yaml", "--credentials", "/credentials");
        failed.ShouldBe(1, refusal);
        refusal.ShouldContain("is not trusted");

        root.Write("/etc/ssl/certs/ca-certificates.crt", azurite.CaCert);
        var (put, said) = await root.RunAsync("store", "put", "a", "/file", "--location", "/location.yaml", "--credentials", "/credentials");
        put.ShouldBe(0, said);
        var (got, text) = await root.RunAsync("store", "get", "a", "--location", "/location.yaml", "--credentials", "/credentials");
        got.ShouldBe(0, text);
        text.ShouldBe("a text");
    }
}
