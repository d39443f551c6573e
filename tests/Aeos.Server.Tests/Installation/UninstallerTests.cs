using Aeos.Encryption.Keys;
using Aeos.Server.Installation;

namespace Aeos.Server.Tests.Installation;

public sealed class UninstallerTests : InstallationRoom
{
    [Fact]
    public async Task Everything_that_install_made_is_gone()
    {
        var installed = await InstallAsync(new InstallationOptions { Credentials = "NAME=value"u8.ToArray() });

        var report = await UninstallAsync();

        report.Left.ShouldBeEmpty();
        foreach (var item in installed)
        {
            var apiVersion = item.Kind switch
            {
                "CustomResourceDefinition" => "apiextensions.k8s.io/v1",
                "Deployment" => "apps/v1",
                "Namespace" or "Service" or "ServiceAccount" or "Secret" => "v1",
                _ => "rbac.authorization.k8s.io/v1",
            };
            Server.Find(apiVersion, item.Kind, item.Namespace.Length > 0 ? item.Namespace : null, item.Name).ShouldBeNull($"{item.Kind} {item.Name}");
        }
    }

    [Fact]
    public async Task A_Restore_that_waits_for_its_server_does_not_hold_it_up()
    {
        await InstallAsync();
        Server.Seed("""{"apiVersion":"velero.io/v1","kind":"Restore","metadata":{"name":"r","namespace":"velero","finalizers":["restores.velero.io/external-resources-finalizer"]}}""");

        var report = await UninstallAsync();

        report.Removed.ShouldContain("1 restores.velero.io");
        Server.Find("v1", "Namespace", null, "velero").ShouldBeNull();
    }

    [Fact]
    public async Task A_key_stays_and_its_namespace_with_it()
    {
        await InstallAsync();
        using var key = WrappingKey.Generate(256);
        await KeySecret.CreateAsync(Cluster, "velero", "backup-key", key, CancellationToken.None);

        var report = await UninstallAsync();

        report.Left.ShouldHaveSingleItem().ShouldBe("the namespace velero, for what is in it: Secret backup-key");
        Server.Find("v1", "Secret", "velero", "backup-key").ShouldNotBeNull();
        Server.Find("apps/v1", "Deployment", "velero", "aeos").ShouldBeNull();
    }

    [Fact]
    public async Task A_claim_in_the_namespace_may_hold_the_bucket_and_stays()
    {
        await InstallAsync();
        Seed("v1", "PersistentVolumeClaim", "bucket", "velero", """{"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""");

        var report = await UninstallAsync();

        report.Left.ShouldHaveSingleItem().ShouldContain("PersistentVolumeClaim bucket");
        Server.Find("v1", "PersistentVolumeClaim", "velero", "bucket").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_namespace_that_was_there_stays()
    {
        Seed("v1", "Namespace", "velero", null);
        await InstallAsync();

        (await UninstallAsync()).Left.ShouldHaveSingleItem().ShouldContain("aeos did not make it");

        Server.Find("v1", "Namespace", null, "velero").ShouldNotBeNull();
    }

    [Fact]
    public async Task Definitions_that_another_namespace_uses_stay_with_its_resources()
    {
        await InstallAsync();
        await InstallAsync(new InstallationOptions { Namespace = "second" });
        Seed("velero.io/v1", "Schedule", "nightly", "second", """{"spec":{"schedule":"@daily","template":{}}}""");

        var report = await UninstallAsync();

        report.Left.ShouldHaveSingleItem().ShouldContain("the namespace second uses them");
        Server.Find("velero.io/v1", "Schedule", "second", "nightly").ShouldNotBeNull();
        Server.Find("apps/v1", "Deployment", "second", "aeos").ShouldNotBeNull();
        Server.Find("rbac.authorization.k8s.io/v1", "ClusterRole", null, "aeos-second-backup").ShouldNotBeNull();
        Server.Find("rbac.authorization.k8s.io/v1", "ClusterRole", null, "aeos-velero-backup").ShouldBeNull();
    }

    [Fact]
    public async Task Beside_a_Velero_its_definitions_and_resources_stay()
    {
        await SeedVeleroAsync();
        await InstallAsync(new InstallationOptions { Namespace = "aeos" });

        await UninstallAsync("aeos");

        Server.Find("velero.io/v1", "BackupStorageLocation", "velero", "default").ShouldNotBeNull();
        Server.Find("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, "backups.velero.io").ShouldNotBeNull();
        Server.Find("v1", "Namespace", null, "aeos").ShouldBeNull();
    }

    [Fact]
    public async Task A_namespace_without_an_installation_is_refused()
    {
        await SeedVeleroAsync();

        (await Should.ThrowAsync<AeosException>(() => UninstallAsync())).Cause.ShouldContain("made nothing in the namespace velero");

        Server.Find("velero.io/v1", "BackupStorageLocation", "velero", "default").ShouldNotBeNull();
    }

    private async Task<UninstallReport> UninstallAsync(string ns = "velero")
    {
        var report = await new ServerUninstaller(Cluster, ns, TimeProvider.System).UninstallAsync(CancellationToken.None);
        await Server.SettleAsync();
        return report;
    }
}
