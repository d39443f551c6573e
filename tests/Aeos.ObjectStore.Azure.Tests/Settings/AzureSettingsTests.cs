using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Azure.Tests.Settings;

/// <summary>What a location's config and credentials mean.</summary>
public sealed class AzureSettingsTests
{
    [Theory]
    [InlineData(null, null, "https://backups1.blob.core.windows.net/")]
    [InlineData("AzurePublicCloud", null, "https://backups1.blob.core.windows.net/")]
    [InlineData("AzureUSGovernmentCloud", null, "https://backups1.blob.core.usgovcloudapi.net/")]
    [InlineData("AZUREUSGOVERNMENT", null, "https://backups1.blob.core.usgovcloudapi.net/")]
    [InlineData("AzureChinaCloud", null, "https://backups1.blob.core.chinacloudapi.cn/")]
    [InlineData(null, "blob.storage.example.org", "https://backups1.blob.storage.example.org/")]
    [InlineData("AzureChinaCloud", ".Blob.Local.Example.org.", "https://backups1.blob.local.example.org/")]
    public void The_service_is_that_of_the_cloud_unless_a_domain_is_named(string? cloud, string? domain, string service) =>
        Read([], ("AZURE_CLOUD_NAME", cloud), ("AZURE_BLOB_DOMAIN_NAME", domain)).Endpoint.Service.AbsoluteUri.ShouldBe(service);

    [Theory]
    [InlineData("http://127.0.0.1:10000/backups1", "http://127.0.0.1:10000/backups1/test/a%20b/c")]
    [InlineData("https://storage.example.org/some/where/", "https://storage.example.org/some/where/test/a%20b/c")]
    public void An_address_is_used_whole(string address, string blob) =>
        Read([("storageAccountURI", address)]).Endpoint.BlobUri("a b/c").AbsoluteUri.ShouldBe(blob);

    [Fact]
    public void Every_byte_of_a_name_that_an_address_could_take_otherwise_is_escaped() =>
        Read([]).Endpoint.BlobUri("a%2Fb/#?&=+ ü\U0001F511~").AbsoluteUri
            .ShouldBe("https://backups1.blob.core.windows.net/test/a%252Fb/%23%3F%26%3D%2B%20%C3%BC%F0%9F%94%91~");

    [Theory]
    [InlineData(null, 8 * 1024 * 1024)]
    [InlineData("", 8 * 1024 * 1024)]
    [InlineData("1048576", 1024 * 1024)]
    [InlineData("104857600", 100 * 1024 * 1024)]
    public void A_block_has_eight_MiB_unless_the_location_says_otherwise(string? text, int size) =>
        Read(text is null ? [] : [("blockSizeInBytes", text)]).BlockSize.ShouldBe(size);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("65535")]
    [InlineData("8MiB")]
    [InlineData("1073741825")]
    [InlineData("99999999999999999999")]
    public void A_block_size_that_cannot_be_is_refused_with_the_limits(string text)
    {
        var error = Should.Throw<LocationRefusedException>(() => Read([("blockSizeInBytes", text)]));

        error.Cause.ShouldContain(text);
        error.Cause.ShouldContain("between 65536 and 1073741824");
        error.Remedy.ShouldContain("memory");
    }

    [Theory]
    [InlineData("storageAccount", "")]
    [InlineData("storageAccount", "evil.example.org/x")]
    [InlineData("storageAccount", "Upper")]
    [InlineData("storageAccountURI", "backups1.blob.core.windows.net")]
    [InlineData("storageAccountURI", "ftp://backups1")]
    [InlineData("storageAccountURI", "https://backups1.blob.core.windows.net/?sv=2021&sig=secret-signature")]
    [InlineData("storageAccountURI", "https://user:secret-password@backups1.example.org/")]
    [InlineData("activeDirectoryAuthorityURI", "http://login.example.org")]
    [InlineData("useAAD", "perhaps")]
    public void A_setting_that_cannot_be_used_is_refused_by_name_without_its_secrets(string name, string value)
    {
        var error = Should.Throw<LocationRefusedException>(() => Read([(name, value)]));

        error.Message.ShouldContain(name);
        error.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("AZURE_CLOUD_NAME", "AzureGermanCloud")]
    [InlineData("AZURE_BLOB_DOMAIN_NAME", "evil.example.org/path")]
    public void A_credential_that_cannot_be_used_is_refused_by_name(string name, string value) =>
        Should.Throw<LocationRefusedException>(() => Read([], (name, value))).Cause.ShouldContain(name);

    [Theory]
    [InlineData("ab")]
    [InlineData("Bucket")]
    [InlineData("two--hyphens")]
    [InlineData("-first")]
    [InlineData("with/slash")]
    [InlineData("with_underscore")]
    public void A_bucket_that_is_no_containers_name_is_refused(string bucket) =>
        Should.Throw<LocationRefusedException>(() => AzureSettings.Read(Spec([]) with { Bucket = bucket }, _ => null)).Cause.ShouldContain(bucket);

    private static AzureSettings Read((string Name, string Value)[] config, params (string Name, string? Value)[] credentials) =>
        AzureSettings.Read(Spec(config), credentials.ToDictionary(pair => pair.Name, pair => pair.Value).GetValueOrDefault);

    private static LocationSpec Spec((string Name, string Value)[] config)
    {
        var settings = new Dictionary<string, string> { ["storageAccount"] = "backups1" };
        foreach (var (name, value) in config)
        {
            settings[name] = value;
        }

        return new LocationSpec("aeos.io/azure", "test", "", settings);
    }
}
