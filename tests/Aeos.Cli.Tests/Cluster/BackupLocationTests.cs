using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Tests.Cluster;

public sealed class BackupLocationTests : ClusterRoom
{
    [Fact]
    public async Task A_location_is_made_and_shown_in_Veleros_columns()
    {
        (await AeosAsync(
            "backup-location", "create", "second", "--provider", "aeos.io/azure", "--bucket", "backups", "--prefix", "aeos", "--config", "storageAccount=acc,resourceGroup=rg",
            "--credential", "cloud-credentials=cloud", "--access-mode", "ReadOnly", "--backup-sync-period", "0s", "--validation-frequency", "5m", "--labels", "team=a")).ShouldBeDone();
        var made = (await Bench.Locations.TryGetAsync("second", default))!.Spec;
        (made.Provider, made.ObjectStorage!.Bucket, made.ObjectStorage.Prefix, made.AccessMode).ShouldBe(("aeos.io/azure", "backups", "aeos", "ReadOnly"));
        (made.Credential!.Name, made.Credential.Key, made.BackupSyncPeriod, made.ValidationFrequency).ShouldBe(("cloud-credentials", "cloud", "0s", "5m0s"));
        made.Config!["resourceGroup"].ShouldBe("rg");

        var lines = (await AeosAsync("backup-location", "get")).ShouldBeDone().Text.Split('\n');
        lines[0].Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["NAME", "PROVIDER", "BUCKET/PREFIX", "PHASE", "LAST VALIDATED", "ACCESS MODE", "DEFAULT"]);
        lines[1].ShouldMatch("^default +aeos.io/filesystem +bucket +Available +Unknown +ReadWrite +true$");
        lines[2].ShouldMatch("^second +aeos.io/azure +backups/aeos +Unknown +Unknown +ReadOnly$");
        (await AeosAsync("backup-location", "get", "--default")).ShouldBeDone().Text.ShouldNotContain("second");
    }

    [Fact]
    public async Task What_the_cluster_has_can_be_given_to_location()
    {
        await File.WriteAllTextAsync(At("location.yaml"), (await AeosAsync("backup-location", "get", "default", "-o", "yaml")).ShouldBeDone().Text);
        (await AeosAsync("backup", "create", "one", "--include-namespaces", "shop", "--location", At("location.yaml"))).ShouldBeDone();
        File.Exists(Path.Combine(Bench.Bucket, "backups/one/velero-backup.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task There_is_one_default_and_what_is_not_set_stays()
    {
        (await AeosAsync("backup-location", "create", "second", "--provider", "aeos.io/azure", "--bucket", "b", "--default")).ShouldBeRefused("default is the default one");
        (await AeosAsync("backup-location", "create", "second", "--provider", "aeos.io/azure", "--bucket", "b", "--credential", "a=b")).ShouldBeDone();
        (await AeosAsync("backup-location", "set", "second", "--default")).ShouldBeRefused("--default=false");
        (await AeosAsync("backup-location", "set", "default", "--default=false")).ShouldBeDone();
        await File.WriteAllTextAsync(At("ca.pem"), Certificate());
        (await AeosAsync("backup-location", "set", "second", "--default", "--cacert", At("ca.pem"))).ShouldBeDone();
        var set = (await Bench.Locations.TryGetAsync("second", default))!.Spec;
        (set.Default, set.Credential!.Name, Convert.FromBase64String(set.ObjectStorage!.CaCert!).Length > 0).ShouldBe((true, "a", true));

        (await AeosAsync("backup-location", "set", "second", "--credential", "c=d")).ShouldBeDone();
        (await Bench.Locations.TryGetAsync("second", default))!.Spec.ObjectStorage!.CaCert.ShouldBe(set.ObjectStorage.CaCert);
        (await AeosAsync("backup-location", "set", "second", "--credential", "c=d,e=f")).ShouldBeWrongUsage("not one Secret");
    }

    [Fact]
    public async Task A_location_goes_with_its_backups_in_the_cluster_and_nothing_in_the_bucket()
    {
        await Backups.CreateAsync(
            new BackupDocument { Metadata = new DocumentMetadata { Name = "one", Namespace = "velero", Labels = new Dictionary<string, string> { ["velero.io/storage-location"] = "default" } } }, default);
        await PutBackupAsync("elsewhere");
        await File.WriteAllTextAsync(Path.Combine(Bench.Bucket, "kept"), "");
        (await AeosAsync("backup-location", "delete", "default")).ShouldBeWrongUsage("--confirm");
        (await AeosAsync("backup-location", "delete", "default", "--confirm")).ShouldBeDone().Text.ShouldBe("Location default deleted, and the Backups one in the cluster.\n");
        (await Bench.Locations.TryGetAsync("default", default)).ShouldBeNull();
        (await Backups.TryGetAsync("one", default)).ShouldBeNull();
        (await Backups.TryGetAsync("elsewhere", default)).ShouldNotBeNull();
        File.Exists(Path.Combine(Bench.Bucket, "kept")).ShouldBeTrue();
    }

    private static string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=store", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem();
    }
}
