using System.Text.Json;
using Aeos.Backup.Backups;
using Aeos.Embedded;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

public class BucketContentTests
{
    [Fact]
    public async Task All_objects_that_Velero_reads_are_there_though_empty()
    {
        await using var fixture = await BackupFixture.StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        var keys = new BackupKeys("b1");
        fixture.StoredKeys().ShouldBe(
            [
                keys.Archive, keys.Document, keys.Logs, keys.Results, keys.ResourceList, keys.ItemOperations, keys.PodVolumeBackups,
                keys.VolumeSnapshots, keys.VolumeInfo,
            ],
            ignoreOrder: true);
        foreach (var empty in new[] { keys.ItemOperations, keys.PodVolumeBackups, keys.VolumeSnapshots, keys.VolumeInfo })
        {
            fixture.StoredText(empty).ShouldBe("[]");
        }

        fixture.StoredText(keys.Logs).ShouldContain("level=info");
        using var list = JsonDocument.Parse(fixture.StoredText(keys.ResourceList));
        list.RootElement.GetProperty("v1/Namespace").EnumerateArray().Select(name => name.GetString()).ShouldContain("default");
        list.RootElement.GetProperty("v1/Service").EnumerateArray().Select(name => name.GetString()).ShouldContain("default/kubernetes");
    }

    [Fact]
    public async Task The_document_is_a_Backup_in_a_terminal_phase()
    {
        await using var fixture = await BackupFixture.StartAsync();
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", Namespace = "ops", Spec = new BackupSpec { Ttl = "25h" }, Labels = new Dictionary<string, string> { ["team"] = "a" } });
        var document = BackupDocument.Parse(fixture.Stored(new BackupKeys("b1").Document), "document");
        document.ApiVersion.ShouldBe("velero.io/v1");
        document.Kind.ShouldBe("Backup");
        document.Metadata.Namespace.ShouldBe("ops");
        document.Metadata.Labels!["team"].ShouldBe("a");
        document.Spec.Ttl.ShouldBe("25h0m0s");
        document.Status.Phase.ShouldBe("Completed");
        document.Status.FormatVersion.ShouldBe("1.1.0");
        document.Status.Encryption.ShouldBeNull();
        document.Status.Progress!.ItemsBackedUp.ShouldBe(outcome.Document.Status.Progress!.TotalItems);
        (fixture.StoredArchive("b1").Count - 1).ShouldBe((int)document.Status.Progress.ItemsBackedUp!.Value * 2);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_before_anything_is_written()
    {
        await using var fixture = await BackupFixture.StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        var before = fixture.Stored(new BackupKeys("b1").Archive);
        (await Should.ThrowAsync<AeosException>(() => fixture.BackUpAsync(new BackupRequest { Name = "b1" }))).Cause.ShouldContain("already");
        fixture.Stored(new BackupKeys("b1").Archive).ShouldBe(before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("Nightly")]
    [InlineData("-a")]
    public async Task A_name_that_Kubernetes_would_not_take_is_refused(string name)
    {
        await using var fixture = await BackupFixture.StartAsync();
        await Should.ThrowAsync<AeosException>(() => fixture.BackUpAsync(new BackupRequest { Name = name }));
        fixture.StoredKeys().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_type_that_cannot_be_listed_makes_the_backup_PartiallyFailed_and_the_rest_is_there()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.Cluster.BeforeRequest = request => request.Path.EndsWith("/configmaps", StringComparison.Ordinal) ? Fault.Answer(403, "Forbidden", "no") : null;
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        outcome.Document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Document.Status.Errors.ShouldBe(1);
        outcome.Results.Errors.Velero.ShouldHaveSingleItem().ShouldContain("configmaps");
        fixture.StoredArchive("b1").Keys.ShouldContain("resources/nodes/cluster/embedded.json");
        fixture.StoredText(new BackupKeys("b1").Logs).ShouldContain("level=error");
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_is_an_error_in_the_results()
    {
        await using var fixture = await BackupFixture.StartAsync();
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["nowhere"] } });
        outcome.Document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Results.Errors.Velero.ShouldHaveSingleItem().ShouldContain("nowhere");
    }

    [Fact]
    public async Task A_cluster_that_says_nothing_leaves_nothing_in_the_bucket()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.Cluster.BeforeRequest = request => request.Path == "/api/v1/namespaces" ? Fault.Answer(403, "Forbidden", "no") : null;
        await Should.ThrowAsync<Kubernetes.Errors.KubernetesException>(() => fixture.BackUpAsync(new BackupRequest { Name = "b1" }));
        fixture.StoredKeys().ShouldBeEmpty();
    }
}
