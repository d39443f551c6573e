using System.Text;
using Aeos.Backup.Tests.Restores;
using Aeos.Embedded;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>Where a restore's objects come from, and what it waits for: Velero 1.18, pkg/controller/restore_controller.go and pkg/restore/restore.go.</summary>
public class RestoredSourcesTests
{
    private const string Map = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"},"data":{"colour":"blue"}}""";

    [Fact]
    public async Task Of_a_schedule_the_newest_completed_backup_is_restored()
    {
        await using var bench = await RestoreBench.StartAsync();
        await PutAsync(bench, "daily-1", "daily", "Completed", "2026-01-01T00:00:00Z");
        await PutAsync(bench, "daily-2", "daily", "Completed", "2026-01-02T00:00:00Z");
        await PutAsync(bench, "daily-3", "daily", "PartiallyFailed", "2026-01-03T00:00:00Z");
        await PutAsync(bench, "weekly-1", "weekly", "Completed", "2026-01-04T00:00:00Z");

        var (document, _) = await bench.RestoreAsync(new RestoreSpec { ScheduleName = "daily" });

        document.Spec.BackupName.ShouldBe("daily-2");
        ((string?)bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!["data"]!["colour"]).ShouldBe("daily-2");
        ((string?)bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!["metadata"]!["labels"]!["velero.io/backup-name"]).ShouldBe("daily-2");
    }

    [Fact]
    public async Task A_schedule_without_a_completed_backup_is_refused()
    {
        await using var bench = await RestoreBench.StartAsync();
        await PutAsync(bench, "daily-1", "daily", "Failed", "2026-01-01T00:00:00Z");

        (await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(new RestoreSpec { ScheduleName = "daily" }))).Cause.ShouldContain("No completed backups found for schedule");
        (await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(new RestoreSpec { ScheduleName = "none" }))).Cause.ShouldContain("No backups found for schedule");
    }

    [Fact]
    public async Task Contents_of_snapshots_pass_filters_of_types_and_labels()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(
            bench,
            new VeleroArchive()
                .AddItem("configmaps", Map)
                .AddItem("customresourcedefinitions.apiextensions.k8s.io", """
                    {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"volumesnapshotcontents.snapshot.storage.k8s.io","labels":{"a":"b"}},
                     "spec":{"group":"snapshot.storage.k8s.io","scope":"Cluster","names":{"plural":"volumesnapshotcontents","singular":"volumesnapshotcontent",
                     "kind":"VolumeSnapshotContent","listKind":"VolumeSnapshotContentList"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
                    """)
                .AddItem("volumesnapshotcontents.snapshot.storage.k8s.io", """{"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshotContent","metadata":{"name":"s"},"spec":{}}"""),
            new RestoreSpec { IncludedResources = ["crd"], LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["a"] = "b" } } });

        restore.Of("snapshot.storage.k8s.io/v1/VolumeSnapshotContent").ShouldBe(["s(created)"]);
        restore.Of("v1/ConfigMap").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_namespace_that_is_not_gone_in_time_is_an_error_of_the_restore_itself()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        using var hold = bench.Cluster.HoldNamespaces();
        await bench.Client.DeleteAsync(Kubernetes.Requests.WellKnownResources.Namespaces, null, "shop");
        await bench.PutBackupAsync(new VeleroArchive().AddItem("configmaps", Map).ToBytes());

        var (document, _) = await bench.RestoreAsync(RestoreBench.Options with { TerminatingTimeout = TimeSpan.FromMilliseconds(200) });

        document.Status.Phase.ShouldBe("PartiallyFailed");
        (await bench.ReadCompanionAsync(new RestoreKeys("again").Results))["errors"]!["velero"]!.ToJsonString().ShouldContain("terminating namespace shop");
    }

    [Fact]
    public async Task A_namespace_keeps_the_finalizers_of_its_spec()
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Map).AddItem(
            "namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"},"spec":{"finalizers":["kubernetes","example.com/keep"]}}"""));

        bench.Cluster.Find("v1", "Namespace", null, "shop")!["spec"]!["finalizers"]!.ToJsonString().ShouldContain("example.com/keep");
    }

    [Fact]
    public async Task An_object_that_is_gone_when_its_managed_fields_are_put_back_is_a_warning()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.BeforeRequest = static request => request.Method == "PATCH" ? Fault.Answer(404, "NotFound", "it is gone") : null;

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop","managedFields":[
             {"manager":"a","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:data":{"f:x":{}}}},
             {"manager":"b","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:data":{"f:y":{}}}}]},"data":{"x":"1","y":"2"}}
            """));

        restore.Messages("warnings", "shop").ShouldHaveSingleItem().ShouldContain("it is gone");
        restore.Of("v1/ConfigMap").ShouldBe(["shop/settings(created)"]);
        restore.Phase.ShouldBe("Completed");
    }

    private static async Task PutAsync(RestoreBench bench, string name, string schedule, string phase, string started)
    {
        var keys = new BackupKeys(name);
        await bench.PutAsync(keys.Archive, new VeleroArchive().AddItem("configmaps", Map.Replace("blue", name, StringComparison.Ordinal)).ToBytes());
        await bench.PutAsync(keys.Document, Encoding.UTF8.GetBytes(
            $$$"""{"kind":"Backup","apiVersion":"velero.io/v1","metadata":{"name":"{{{name}}}","labels":{"velero.io/schedule-name":"{{{schedule}}}"}},"spec":{},"status":{"phase":"{{{phase}}}","startTimestamp":"{{{started}}}"}}"""));
    }
}
