using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Backups;

/// <summary>What follows from a pod and a claim, and what becomes of a claim in the archive.</summary>
public class TakenAlongRuleTests
{
    private const string Labels = """ "labels":{"velero.io/restore-name":"r","velero.io/backup-name":"earlier","velero.io/volume-snapshot-name":"s","mine":"m"}""";

    [Theory]
    [InlineData("""{"includedResources":["pods"]}""", "")]
    [InlineData("""{"includedResources":["pods","pvc"]}""", "claim")]
    [InlineData("""{"includedResources":["pods","pvc","pv"]}""", "claim volume")]
    [InlineData("""{"includedResources":["pods","pvc"],"includeClusterResources":true}""", "claim volume class")]
    [InlineData("""{"excludedResources":["pv"]}""", "claim class")]
    [InlineData("""{"includeClusterResources":false}""", "claim")]
    [InlineData("""{"includedNamespaceScopedResources":["pods"]}""", "class")]
    [InlineData("""{"includedNamespaceScopedResources":["pods","pvc"]}""", "claim volume class")]
    [InlineData("""{"excludedClusterScopedResources":["pv"]}""", "claim class")]
    [InlineData("""{"excludedNamespaceScopedResources":["pvc"]}""", "class")]
    public async Task A_pods_claim_volume_and_class_come_along_as_far_as_the_filters_let_them(string json, string expected)
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        var volume = await Volumes.CreateBoundAsync(room.Cluster, shop, "data", "Retain");
        await MakePodAsync(room, shop, "p", "data");
        var spec = Specs.Backup(json);
        spec.IncludedNamespaces = [shop];

        await room.BackUpAsync(spec);

        var keys = room.Bucket.Items("nightly").Keys;
        keys.ShouldContain($"pods/{shop}/p");
        var names = new[] { ("claim", $"persistentvolumeclaims/{shop}/data"), ("volume", $"persistentvolumes/{volume}"), ("class", $"priorityclasses.scheduling.k8s.io/{room.Cluster.Name("high")}") };
        string.Join(' ', names.Where(name => keys.Contains(name.Item2)).Select(static name => name.Item1)).ShouldBe(expected);
    }

    [Fact]
    public async Task One_that_is_not_there_is_a_warning_and_one_with_the_exclude_label_stays_out()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await MakeClaimAsync(room, shop, "hidden", metadata: """ "labels":{"velero.io/exclude-from-backup":"true"}""");
        await MakePodAsync(room, shop, "p", "hidden", "gone");

        var outcome = await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop] });

        room.Bucket.Items("nightly").Keys.ShouldContain($"pods/{shop}/p");
        room.Bucket.Items("nightly").Keys.ShouldNotContain($"persistentvolumeclaims/{shop}/hidden");
        outcome.Results.Warnings.Namespaces[shop].ShouldHaveSingleItem().ShouldContain("gone");
        outcome.Document.Status.Phase.ShouldBe("Completed");
    }

    [Fact]
    public async Task Annotations_let_companions_pass_all_filters_and_leave_an_object_out()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await MakeClaimAsync(room, shop, "data");
        await MakeClaimAsync(room, shop, "other");
        await MakePodAsync(room, shop, "keen", ["data"], """ "annotations":{"backup.velero.io/must-include-additional-items":"true"}""");
        await MakePodAsync(room, shop, "shy", ["other"], """ "annotations":{"velero.io/skip-from-backup":""}""");

        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludedNamespaceScopedResources = ["pods"] });

        var keys = room.Bucket.Items("nightly").Keys;
        keys.ShouldContain($"pods/{shop}/keen");
        keys.ShouldContain($"persistentvolumeclaims/{shop}/data");
        keys.ShouldNotContain($"pods/{shop}/shy");
        keys.ShouldNotContain($"persistentvolumeclaims/{shop}/other");
    }

    [Fact]
    public async Task A_bound_claim_loses_what_would_bind_it_to_the_past_and_another_stays_as_it_is()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        const string Source = """ "dataSource":{"kind":"PersistentVolumeClaim","name":"elsewhere"},"selector":{"matchLabels":{"a":"b","velero.io/x":"y"}},""";
        await MakeVolumeAsync(room, shop, "bound", room.Cluster.Name("slow"));
        await MakeVolumeAsync(room, shop, "classless", "");
        await MakeClaimAsync(room, shop, "bound", Source, Labels, room.Cluster.Name("slow"), room.Cluster.Name("pv-bound"));
        await MakeClaimAsync(room, shop, "classless", """ "selector":{"matchLabels":{"a":"b","velero.io/x":"y"}},""", Labels, "", room.Cluster.Name("pv-classless"));
        await MakeClaimAsync(room, shop, "pending", Source, Labels);
        await Volumes.UntilBoundAsync(room.Cluster, shop, "bound");
        await Volumes.UntilBoundAsync(room.Cluster, shop, "classless");
        (await room.GetAsync("v1", "PersistentVolumeClaim", shop, "bound")).At("spec", "dataSource").ShouldNotBeNull();

        var items = await room.BackUpAsync(shop);

        var bound = items[$"persistentvolumeclaims/{shop}/bound"];
        var spec = bound["spec"]!.AsObject();
        (spec.ContainsKey("dataSource"), spec.ContainsKey("dataSourceRef"), spec.ContainsKey("selector")).ShouldBe((false, false, false));
        bound.At("metadata", "labels")!.ToJsonString().ShouldBe("""{"mine":"m"}""");
        items[$"persistentvolumeclaims/{shop}/classless"].At("spec", "selector")!.ToJsonString().ShouldBe("""{"matchLabels":{"a":"b"}}""");
        JsonNode.DeepEquals(items[$"persistentvolumeclaims/{shop}/pending"], await room.GetAsync("v1", "PersistentVolumeClaim", shop, "pending")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_volume_list_says_of_each_volume_that_its_data_was_skipped()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        var volume = await Volumes.CreateBoundAsync(room.Cluster, shop, "data", "Retain");

        await room.BackUpAsync(shop);

        var info = room.Bucket.Companion(new Aeos.Velero.Layout.BackupKeys("nightly").VolumeInfo).AsArray().ShouldHaveSingleItem();
        ($"{info.At("pvName")}", $"{info.At("pvcName")}", $"{info.At("pvcNamespace")}", $"{info.At("skipped")}").ShouldBe((volume, "data", shop, "true"));
    }

    private static Task MakeVolumeAsync(RuleRoom room, string shop, string claim, string storage) => room.MakeAsync("v1", "PersistentVolume", null, room.Cluster.Name($"pv-{claim}"), $$$"""
        "spec":{"storageClassName":"{{{storage}}}","persistentVolumeReclaimPolicy":"Retain","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],
         "hostPath":{"path":"/nowhere"},"claimRef":{"namespace":"{{{shop}}}","name":"{{{claim}}}"} }
        """, """ "labels":{"a":"b","velero.io/x":"y"}""");

    private static Task MakeClaimAsync(RuleRoom room, string shop, string name, string fields = "", string metadata = "", string storage = "none", string? volume = null)
        => room.MakeAsync("v1", "PersistentVolumeClaim", shop, name, $$$"""
            "spec":{ {{{fields}}}"storageClassName":"{{{storage}}}",{{{(volume is null ? "" : $"\"volumeName\":\"{volume}\",")}}}"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} } }
            """, metadata);

    private static async Task MakePodAsync(RuleRoom room, string shop, string name, params string[] claims)
    {
        await room.MakeAsync("scheduling.k8s.io/v1", "PriorityClass", null, room.Cluster.Name("high"), "\"value\":7");
        await MakePodAsync(room, shop, name, claims, $$$""" "labels":{"a":"b"}""", $"\"priorityClassName\":\"{room.Cluster.Name("high")}\",");
    }

    private static Task MakePodAsync(RuleRoom room, string shop, string name, string[] claims, string metadata, string fields = "")
    {
        var volumes = string.Join(',', claims.Select(static claim => $$$""" {"name":"{{{claim}}}","persistentVolumeClaim":{"claimName":"{{{claim}}}"} } """));
        return room.MakeAsync("v1", "Pod", shop, name, $$""" "spec":{ {{fields}}{{RuleRoom.Containers}},"volumes":[{{volumes}}] } """, metadata);
    }
}
