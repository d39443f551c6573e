using System.Text;
using Aeos.ObjectStore.Locations;
using Aeos.Velero.Resources;

namespace Aeos.Server.Tests.Locations;

public sealed class ServerLocationsTests : IAsyncLifetime
{
    private ControllerBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ControllerBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_key_in_the_locations_credential_reads_and_no_file_of_it_is_named()
    {
        await _bench.WriteSecretAsync("cloud", "azure", "AZURE_STORAGE_ACCOUNT_ENCRYPTION_KEY=MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dSE\n");

        await using var opened = await _bench.Server.Locations.OpenAsync(Location(new SecretKeyReference { Name = "cloud", Key = "azure" }), default);

        opened.Keys.Count.ShouldBe(1);
        opened.Spec.Config.Keys.ShouldBe(["root"]);
    }

    [Theory]
    [InlineData("absent", "azure", "spec.credential names the Secret \"velero/absent\", which is not there")]
    [InlineData("cloud", "aws", "spec.credential names the Secret \"velero/cloud\", which lacks the field \"aws\"")]
    public async Task A_credential_that_is_not_there_is_named(string secret, string field, string expected)
    {
        await _bench.WriteSecretAsync("cloud", "azure", "A=b\n");

        var refusal = await Should.ThrowAsync<LocationRefusedException>(
            () => _bench.Server.Locations.OpenAsync(Location(new SecretKeyReference { Name = secret, Key = field }), default));

        refusal.Cause.ShouldBe(expected);
    }

    [Fact]
    public async Task A_credential_that_may_be_absent_is_passed_over()
    {
        var location = Location(new SecretKeyReference { Name = "absent", Key = "azure", Optional = true });

        await using var opened = await _bench.Server.Locations.OpenAsync(location, default);

        opened.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task Certificates_come_from_the_location_or_from_a_Secret_and_not_from_both()
    {
        await _bench.WriteSecretAsync("ca", "ca.crt", "-----BEGIN CERTIFICATE-----\n");
        var fromSecret = Location(storage: new ObjectStorageLocation { Bucket = "bucket", CaCertRef = new SecretKeyReference { Name = "ca", Key = "ca.crt" } });
        var own = new ObjectStorageLocation { Bucket = "bucket", CaCert = Convert.ToBase64String(Encoding.UTF8.GetBytes("own")) };
        var both = Location(storage: own with { CaCertRef = fromSecret.Spec.ObjectStorage!.CaCertRef });

        await using var opened = await _bench.Server.Locations.OpenAsync(fromSecret, default);
        await using var openedOwn = await _bench.Server.Locations.OpenAsync(Location(storage: own), default);

        opened.Spec.Config["caCert"].ShouldBe("-----BEGIN CERTIFICATE-----\n");
        openedOwn.Spec.Config["caCert"].ShouldBe("own");
        (await Should.ThrowAsync<LocationRefusedException>(() => _bench.Server.Locations.OpenAsync(both, default))).Cause.ShouldBe("spec.objectStorage has both caCert and caCertRef");
    }

    [Fact]
    public async Task An_access_mode_that_is_none_is_refused()
    {
        var location = Location();

        var refusal = await Should.ThrowAsync<LocationRefusedException>(
            () => _bench.Server.Locations.OpenAsync(location with { Spec = location.Spec with { AccessMode = "WriteOnly" } }, default));

        refusal.Cause.ShouldBe("spec.accessMode is \"WriteOnly\"");
    }

    private BackupStorageLocationDocument Location(SecretKeyReference? credential = null, ObjectStorageLocation? storage = null) => new()
    {
        Metadata = new DocumentMetadata { Name = "default" },
        Spec = new BackupStorageLocationSpec
        {
            Provider = "aeos.io/filesystem",
            Config = new Dictionary<string, string> { ["root"] = _bench.Folder },
            ObjectStorage = storage ?? new ObjectStorageLocation { Bucket = "bucket" },
            Credential = credential,
        },
    };
}
