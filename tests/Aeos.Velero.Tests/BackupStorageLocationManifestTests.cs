using System.Text;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;

namespace Aeos.Velero.Tests;

public sealed class BackupStorageLocationManifestTests
{
    private const string Minimal = """
        apiVersion: velero.io/v1
        kind: BackupStorageLocation
        metadata:
          name: default
          namespace: velero
        spec:
          provider: aeos.io/filesystem
          objectStorage:
            bucket: backups
        """;

    [Fact]
    public void A_manifest_with_the_required_fields_alone_is_read()
    {
        var spec = Parse(Minimal);

        spec.Provider.ShouldBe("aeos.io/filesystem");
        spec.Bucket.ShouldBe("backups");
        spec.Prefix.ShouldBe("");
        spec.Config.ShouldBeEmpty();
    }

    [Fact]
    public void Every_field_that_Velero_hands_to_a_plugin_is_read()
    {
        var pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        var spec = Parse($"""
            apiVersion: velero.io/v1
            kind: BackupStorageLocation
            metadata:
              name: default
            spec:
              provider: aeos.io/azure
              default: true
              accessMode: ReadWrite
              backupSyncPeriod: 2m0s
              credential:
                name: cloud
                key: credentials
              config:
                storageAccount: account
                blockSizeInBytes: "1048576"
              objectStorage:
                bucket: /backups/
                prefix: /clusters/one/
                caCert: {Convert.ToBase64String(Encoding.UTF8.GetBytes(pem))}
            status:
              phase: Available
            """);

        spec.Bucket.ShouldBe("backups");
        spec.Prefix.ShouldBe("clusters/one");
        spec.Config.ShouldBe(
            new Dictionary<string, string> { ["storageAccount"] = "account", ["blockSizeInBytes"] = "1048576", ["caCert"] = pem },
            ignoreOrder: true);
    }

    [Fact]
    public void JSON_is_read_as_well()
    {
        var spec = Parse("""
            {"apiVersion": "velero.io/v1", "kind": "BackupStorageLocation", "metadata": {"name": "a"},
             "spec": {"provider": "aeos.io/filesystem", "config": {"root": "/data"}, "objectStorage": {"bucket": "b", "prefix": "p"}}}
            """);

        spec.ShouldBe(spec with { Provider = "aeos.io/filesystem", Bucket = "b", Prefix = "p" });
        spec.Config["root"].ShouldBe("/data");
    }

    [Fact]
    public void The_location_is_found_among_other_documents() =>
        Parse($"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\n---\n{Minimal}\n---\n").Bucket.ShouldBe("backups");

    [Fact]
    public void The_location_is_found_in_a_list() =>
        Parse("""
            apiVersion: v1
            kind: List
            items:
              - apiVersion: velero.io/v1
                kind: BackupStorageLocation
                metadata: {name: a}
                spec: {provider: aeos.io/filesystem, objectStorage: {bucket: listed}}
            """).Bucket.ShouldBe("listed");

    [Theory]
    [InlineData("true")]
    [InlineData("False")]
    [InlineData("yes")]
    [InlineData("off")]
    [InlineData("y")]
    [InlineData("1048576")]
    [InlineData("-1")]
    [InlineData("0x10")]
    [InlineData("017")]
    [InlineData("1_000")]
    [InlineData("1.5e3")]
    [InlineData(".inf")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("[a]")]
    [InlineData("{a: b}")]
    public void A_setting_that_is_not_text_is_refused_by_name_and_line(string value)
    {
        var refusal = Refusal($"{Minimal}\n  config:\n    allowPlaintext: {value}\n");

        refusal.Cause.ShouldStartWith("location.yaml, line 11: spec.config.allowPlaintext must be text, not ");
        refusal.Remedy.ShouldContain("quotes");
    }

    [Theory]
    [InlineData("\"true\"", "true")]
    [InlineData("'1'", "1")]
    [InlineData("\"\"", "")]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000")]
    [InlineData("Yesterday", "Yesterday")]
    [InlineData("/keys/a, /keys/b", "/keys/a, /keys/b")]
    public void A_setting_that_is_text_is_taken_as_it_is(string value, string expected) =>
        Parse($"{Minimal}\n  config:\n    setting: {value}\n").Config["setting"].ShouldBe(expected);

    [Theory]
    [InlineData("bucket: backups", "bucket: 2026", "location.yaml, line 9: spec.objectStorage.bucket must be text, not the number 2026")]
    [InlineData("bucket: backups", "bucket: a/b", "location.yaml, line 9: spec.objectStorage.bucket is \"a/b\", but a bucket's name has no \"/\"")]
    [InlineData("bucket: backups", "bucket: \"/\"", "location.yaml, line 9: spec.objectStorage.bucket is \"/\", but a bucket's name has no \"/\"")]
    [InlineData("bucket: backups", "prefix: p", "location.yaml, line 9: spec.objectStorage.bucket is missing")]
    [InlineData("    bucket: backups", "    bucket: backups\n    prefx: p", "location.yaml, line 10: spec.objectStorage.prefx is no field of a BackupStorageLocation")]
    [InlineData("  provider: aeos.io/filesystem\n", "", "location.yaml, line 7: spec.provider is missing")]
    [InlineData("  objectStorage:\n    bucket: backups", "  config: {}", "location.yaml, line 7: spec.objectStorage is missing")]
    [InlineData("  objectStorage:\n    bucket: backups", "  objectStorage: backups", "location.yaml, line 8: spec.objectStorage must be a mapping, not text")]
    [InlineData("    bucket: backups", "    bucket: backups\n    caCert: \"-----BEGIN\"", "location.yaml, line 10: spec.objectStorage.caCert is not base64")]
    [InlineData("    bucket: backups", "    bucket: backups\n    caCertRef: {name: ca, key: ca.crt}",
        "location.yaml, line 10: spec.objectStorage.caCertRef names a Secret, which cannot be read without its cluster")]
    [InlineData("velero.io/v1", "velero.io/v2", "location.yaml, line 1: apiVersion is \"velero.io/v2\"")]
    [InlineData("apiVersion: velero.io/v1\n", "", "location.yaml, line 1: apiVersion is missing")]
    [InlineData("kind: BackupStorageLocation", "kind: Backup", "location.yaml holds no BackupStorageLocation: it holds Backup")]
    public void A_wrong_field_is_refused_by_name_and_line(string right, string wrong, string cause)
    {
        Minimal.ShouldContain(right);

        Refusal(Minimal.Replace(right, wrong, StringComparison.Ordinal)).Cause.ShouldBe(cause);
    }

    [Fact]
    public void Two_locations_in_a_file_are_refused() =>
        Refusal($"{Minimal}\n---\n{Minimal}").Cause.ShouldBe("location.yaml holds 2 resources of kind BackupStorageLocation, in lines 1, 11");

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("- a\n- b")]
    public void A_file_without_a_location_is_refused(string yaml) =>
        Refusal(yaml).Cause.ShouldBe("location.yaml holds no BackupStorageLocation");

    [Theory]
    [InlineData("a: [")]
    [InlineData("a: b\na: c")]
    [InlineData("a: *missing")]
    public void What_is_not_YAML_is_refused(string yaml) =>
        Refusal(yaml).Cause.ShouldStartWith("location.yaml, line ");

    private static LocationSpec Parse(string yaml) => BackupStorageLocationManifest.Parse(yaml, "location.yaml");

    private static LocationRefusedException Refusal(string yaml) => Should.Throw<LocationRefusedException>(() => Parse(yaml));
}
