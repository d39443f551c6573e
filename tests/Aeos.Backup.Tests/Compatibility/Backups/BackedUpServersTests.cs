using Aeos.Backup.Tests.Backups;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Backups;

/// <summary>What a backup says of its server, and does with one that is half away: Velero 1.18, pkg/controller/backup_controller.go, pkg/discovery/helper.go.</summary>
public class BackedUpServersTests
{
    [Fact]
    public async Task The_document_says_which_cluster_it_was_and_which_location_it_is_in()
    {
        await using var fixture = await BackupFixture.StartAsync();
        var version = await fixture.Client.GetVersionAsync(CancellationToken.None);

        var backup = await BackupView.TakeAsync(fixture);

        var metadata = backup.Document["metadata"]!;
        ((string?)metadata["annotations"]!["velero.io/source-cluster-k8s-gitversion"]).ShouldBe(version.GitVersion);
        ((string?)metadata["annotations"]!["velero.io/source-cluster-k8s-major-version"]).ShouldBe(version.Major);
        ((string?)metadata["annotations"]!["velero.io/source-cluster-k8s-minor-version"]).ShouldBe(version.Minor);
        ((string?)metadata["labels"]!["velero.io/storage-location"]).ShouldBe("default");
        ((string?)backup.Document["spec"]!["storageLocation"]).ShouldBe("default");
    }

    [Fact]
    public async Task A_locations_name_that_is_too_long_for_a_label_is_shortened_as_Velero_does()
    {
        await using var fixture = await BackupFixture.StartAsync();

        // pkg/label/label_test.go.
        const string Name = "this_is_a_very_long_label_value_that_will_be_rejected_by_Kubernetes";
        var backup = await BackupView.TakeAsync(fixture, new BackupSpec { StorageLocation = Name });

        ((string?)backup.Document["spec"]!["storageLocation"]).ShouldBe(Name);
        ((string?)backup.Document["metadata"]!["labels"]!["velero.io/storage-location"]).ShouldBe("this_is_a_very_long_label_value_that_will_be_rejected_by_8d0722");
    }

    [Fact]
    public async Task A_group_that_cannot_be_discovered_is_a_warning_and_the_rest_is_in_the_backup()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedSecret("shop", "password", "k", "v"u8.ToArray());
        fixture.Cluster.BreakGroup("metrics.k8s.io");

        var backup = await BackupView.TakeAsync(fixture);

        backup.Messages("warnings", "velero").ShouldHaveSingleItem().ShouldContain("metrics.k8s.io/v1beta1");
        backup.Of("secrets").ShouldBe(["shop/password"]);
        ((string?)backup.Document["status"]!["phase"]).ShouldBe("Completed");
    }
}
