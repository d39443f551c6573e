using System.Text;
using Aeos.ObjectStore.Locations;

namespace Aeos.ObjectStore.Tests.Locations;

public sealed class LocationOpenerTests : LocationFixture
{
    [Fact]
    public async Task A_location_stores_under_its_prefix_encrypted_and_reads_it_back()
    {
        await using var location = await OpenAsync(new() { ["encryptionKeyFile"] = KeyFile(Key) }, prefix: "/clusters/one/");

        await location.Store.PutAsync("backups/b1/velero-backup.json", "plain text");

        (await location.Store.GetTextAsync("backups/b1/velero-backup.json")).ShouldBe("plain text");
        location.Spec.Prefix.ShouldBe("clusters/one");
        var stored = await File.ReadAllBytesAsync(Path.Combine(RootPath, "velero/clusters/one/backups/b1/velero-backup.json"));
        stored[..3].ShouldBe([0x02, 0x04, 0x78]);
        Encoding.Latin1.GetString(stored).ShouldNotContain("plain text");
    }

    [Fact]
    public async Task What_Velero_adds_to_a_location_is_accepted()
    {
        await using var location = await OpenAsync(new()
        {
            ["encryptionKeyFile"] = KeyFile(Key),
            ["bucket"] = "velero",
            ["prefix"] = "",
            ["caCert"] = "-----BEGIN CERTIFICATE-----",
            ["resticRepoPrefix"] = "x",
            ["credentialsFile"] = "",
        });

        location.Store.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_unknown_provider_is_refused_with_the_known_ones()
    {
        var error = await RefusedAsync([], provider: "aws");

        error.Cause.ShouldContain("\"aws\"");
        error.Remedy.ShouldContain(Provider);
        LocationOpener.Providers.ShouldContain(Provider);
    }

    [Fact]
    public async Task An_unknown_setting_is_refused_with_the_known_ones()
    {
        var error = await RefusedAsync(new() { ["encryptionkeyfile"] = KeyFile(Key) });

        error.Cause.ShouldContain("\"encryptionkeyfile\"");
        foreach (var known in new[] { "root", "encryptionKeyFile", "decryptionKeyFiles", "encrypt", "encryptionDomain", "allowPlaintext", "credentialsFile" })
        {
            error.Remedy.ShouldContain(known);
        }
    }

    [Theory]
    [InlineData("encrypt", "none", "archive")]
    [InlineData("encrypt", "", "empty")]
    [InlineData("allowPlaintext", "yes", "true")]
    [InlineData("allowPlaintext", "True", "true")]
    [InlineData("encryptionDomain", "", "empty")]
    [InlineData("encryptionKeyFile", "", "empty")]
    [InlineData("decryptionKeyFiles", "/a,,/b", "comma")]
    [InlineData("root", "", "root")]
    [InlineData("root", "relative/path", "begins with /")]
    public async Task A_setting_that_cannot_be_used_is_refused_by_name(string name, string value, string hint)
    {
        var error = await RefusedAsync(new() { ["encryptionKeyFile"] = KeyFile(Key), [name] = value });

        error.Message.ShouldContain(name);
        error.Message.ShouldContain(hint);
    }

    [Fact]
    public async Task A_domain_that_is_no_text_is_refused()
    {
        // Not in the theory above: half of a surrogate pair does not survive in an attribute.
        var error = await RefusedAsync(new() { ["encryptionKeyFile"] = KeyFile(Key), ["encryptionDomain"] = "half-\ud83d" });

        error.Cause.ShouldContain("encryptionDomain");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a\0b")]
    public async Task A_bucket_that_is_no_name_is_refused(string bucket)
    {
        var error = await RefusedAsync(new() { ["encryptionKeyFile"] = KeyFile(Key) }, bucket: bucket);

        error.Cause.ShouldContain("bucket");
    }

    [Theory]
    [InlineData("../other")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    public async Task A_prefix_that_leads_elsewhere_is_refused(string prefix)
    {
        var error = await RefusedAsync(new() { ["encryptionKeyFile"] = KeyFile(Key) }, prefix: prefix);

        error.Cause.ShouldContain("prefix");
    }

    [Fact]
    public async Task Opening_touches_nothing_in_the_store()
    {
        await using var location = await OpenAsync(new() { ["encryptionKeyFile"] = KeyFile(Key) }, bucket: "not-there-yet");

        location.Spec.Bucket.ShouldBe("not-there-yet");
    }
}
