using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Archives;
using Aeos.Cluster.Tests.Running;
using Aeos.Server.Definitions;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Restores;

/// <summary>What definitions, webhooks, services, claims, volumes and snapshots lose on their way back.</summary>
[Collection(ForeignDefinitions.Name)]
public class RestoredTypeRuleTests
{
    private const string Snapshots = "snapshot.storage.k8s.io";

    public static TheoryData<string, string> Data => new()
    {
        { new BackupKeys("nightly").VolumeInfo, """[{"pvName":"VOLUME","backupMethod":"PodVolumeBackup"}]""" },
        { new BackupKeys("nightly").VolumeInfo, """[{"pvName":"VOLUME","backupMethod":"CSISnapshot"}]""" },
        { new BackupKeys("nightly").VolumeInfo, """[{"pvName":"VOLUME","backupMethod":"NativeSnapshot"}]""" },
        { new BackupKeys("nightly").PodVolumeBackups, """[{"metadata":{"annotations":{"velero.io/pvc-name":"data"}},"spec":{"pod":{"namespace":"SHOP"}}}]""" },
        { new BackupKeys("nightly").VolumeSnapshots, """[{"spec":{"persistentVolumeName":"VOLUME"}}]""" },
        { new BackupKeys("nightly").CsiVolumeSnapshots, """[{"metadata":{"namespace":"SHOP"},"spec":{"source":{"persistentVolumeClaimName":"data"}}}]""" },
    };

    [Fact]
    public async Task A_definition_that_keeps_unknown_fields_says_so_in_each_schema_and_side_effects_that_v1_does_not_know_become_None()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (definition, hooks) = ($"widgets.{room.Cluster.Group}", room.Cluster.Name("hooks"));
        const string Webhooks = "admissionregistration.k8s.io/v1";
        static string Webhook(string name, string group, string effects) => $$$"""
            {"name":"{{{name}}}.{{{group}}}","admissionReviewVersions":["v1"],"sideEffects":"{{{effects}}}","clientConfig":{"url":"https://127.0.0.1:1/"},
             "rules":[{"apiGroups":["{{{group}}}"],"apiVersions":["v1"],"operations":["CREATE"],"resources":["nothings"]}]}
            """;
        var list = string.Join(',', Webhook("a", room.Cluster.Group, "Unknown"), Webhook("b", room.Cluster.Group, "Some"), Webhook("c", room.Cluster.Group, "NoneOnDryRun"));
        var archive = new ItemArchive().Add("customresourcedefinitions.apiextensions.k8s.io", "apiextensions.k8s.io/v1", "CustomResourceDefinition", null, definition, $$$$"""
            "spec":{"group":"{{{{room.Cluster.Group}}}}","scope":"Namespaced","preserveUnknownFields":true,"names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}
            """);
        foreach (var kind in new[] { "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration" })
        {
            archive.Add($"{kind.ToLowerInvariant()}s.admissionregistration.k8s.io", Webhooks, kind, null, hooks, $"\"webhooks\":[{list}]");
        }

        await room.PutAsync(archive);
        await room.RestoreCleanlyAsync();

        var spec = (await room.GetAsync("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, definition))["spec"];
        (spec.At("preserveUnknownFields")?.ToJsonString() ?? "false").ShouldBe("false");
        $"{spec.At("versions", 0, "schema", "openAPIV3Schema", "x-kubernetes-preserve-unknown-fields")}".ShouldBe("true");
        foreach (var kind in new[] { "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration" })
        {
            ((JsonArray)(await room.GetAsync(Webhooks, kind, null, hooks))["webhooks"]!).Select(static one => $"{one.At("sideEffects")}").ShouldBe(["None", "None", "NoneOnDryRun"], kind);
        }
    }

    [Fact]
    public async Task Notes_of_the_old_cluster_go_from_claims_and_volumes_and_an_external_name_keeps_its_ports()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, volume) = (room.Cluster.Name("shop"), room.Cluster.Name("pv"));
        await room.PutAsync(new ItemArchive()
            .Add("persistentvolumeclaims", "v1", "PersistentVolumeClaim", shop, "data", $$$"""
                "spec":{"volumeName":"{{{volume}}}-elsewhere","storageClassName":"none","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} }},"status":{"phase":"Bound"}
                """, """
                "annotations":{"note":"kept","pv.kubernetes.io/bind-completed":"yes","pv.kubernetes.io/bound-by-controller":"yes","volume.kubernetes.io/storage-provisioner":"p",
                 "volume.beta.kubernetes.io/storage-provisioner":"p","volume.kubernetes.io/selected-node":"n","velero.io/volume-snapshot-name":"s","velero.io/data-upload-name":"d"}
                """)
            .Add("persistentvolumes", "v1", "PersistentVolume", null, volume, $$$"""
                "spec":{"persistentVolumeReclaimPolicy":"Retain","storageClassName":"none","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},
                 "claimRef":{"kind":"PersistentVolumeClaim","namespace":"{{{shop}}}","name":"nobody","uid":"u","resourceVersion":"7"} }
                """, """ "annotations":{"note":"kept","pv.kubernetes.io/bound-by-controller":"yes"}""")
            .Add("services", "v1", "Service", shop, "away", """ "spec":{"type":"ExternalName","externalName":"example.org","ports":[{"port":80,"nodePort":32767}]}"""));

        await room.RestoreCleanlyAsync();

        Notes(await room.GetAsync("v1", "PersistentVolumeClaim", shop, "data")).ShouldBe(["note"]);
        var restored = await room.GetAsync("v1", "PersistentVolume", null, volume);
        Notes(restored).ShouldBe(["note"]);
        (restored.At("spec", "claimRef", "uid"), $"{restored.At("spec", "claimRef", "name")}").ShouldBe((null, "nobody"));
        $"{(await room.GetAsync("v1", "Service", shop, "away")).At("spec", "ports", 0, "nodePort")}".ShouldBe("32767");

        static IEnumerable<string> Notes(JsonObject item) => ((JsonObject)item.At("metadata", "annotations")!).Select(static pair => pair.Key);
    }

    [Theory]
    [MemberData(nameof(Data))]
    public async Task A_kept_volume_with_data_in_the_backup_is_made_anew_and_its_claim_comes_back_empty(string key, string json)
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, volume) = (room.Cluster.Name("shop"), room.Cluster.Name("pv"));
        await room.PutAsync(new ItemArchive()
            .Add("persistentvolumeclaims", "v1", "PersistentVolumeClaim", shop, "data", $$$"""
                "spec":{"volumeName":"{{{volume}}}","storageClassName":"none","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} }},"status":{"phase":"Bound"}
                """)
            .Add("persistentvolumes", "v1", "PersistentVolume", null, volume, $$$"""
                "spec":{"persistentVolumeReclaimPolicy":"Retain","storageClassName":"none","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},
                 "claimRef":{"kind":"PersistentVolumeClaim","namespace":"{{{shop}}}","name":"data","uid":"old"} },"status":{"phase":"Bound"}
                """));
        await room.Bucket.PutAsync(key, Gzip(json.Replace("VOLUME", volume, StringComparison.Ordinal).Replace("SHOP", shop, StringComparison.Ordinal)));

        var outcome = await room.RestoreCleanlyAsync();

        room.Fates("v1/PersistentVolume").ShouldBe([$"{volume}(skipped)"]);
        (await room.FindAsync("v1", "PersistentVolume", null, volume)).ShouldBeNull();
        $"{(await room.GetAsync("v1", "PersistentVolumeClaim", shop, "data")).At("spec", "volumeName")}".ShouldNotBe(volume);
        outcome.Warnings.Velero.ShouldHaveSingleItem().ShouldContain("NOT RESTORED");
    }

    [Fact]
    public async Task Snapshots_are_plain_objects_whose_contents_pass_filters_and_data_uploads_stay_behind()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, content) = (room.Cluster.Name("shop"), room.Cluster.Name("content"));
        await room.DefineAsync(Snapshots, "volumesnapshots", "VolumeSnapshot");
        await room.DefineAsync(Snapshots, "volumesnapshotcontents", "VolumeSnapshotContent", "Cluster");
        await room.DefineAsync(Snapshots, "volumesnapshotclasses", "VolumeSnapshotClass", "Cluster");
        await VeleroDefinitions.ApplyAsync(room.Cluster.Client, TimeProvider.System, default);
        const string Spec = """ "spec":{"source":{"persistentVolumeClaimName":"data"},"volumeSnapshotClassName":"c"}""";
        await room.PutAsync(new ItemArchive().AddConfigMap(shop)
            .Add($"volumesnapshots.{Snapshots}", $"{Snapshots}/v1", "VolumeSnapshot", shop, "s", Spec)
            .Add($"volumesnapshotcontents.{Snapshots}", $"{Snapshots}/v1", "VolumeSnapshotContent", null, content, Spec)
            .Add($"volumesnapshotclasses.{Snapshots}", $"{Snapshots}/v1", "VolumeSnapshotClass", null, room.Cluster.Name("c"), """ "driver":"d","parameters":{"a":"b"}""")
            .Add("datauploads.velero.io", "velero.io/v2alpha1", "DataUpload", shop, "d", Spec));

        await room.RestoreCleanlyAsync(new RestoreSpec
        {
            IncludedResources = ["secrets"],
            LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["a"] = "b" } },
            IncludeClusterResources = true,
        }, "filtered");
        room.Fates($"{Snapshots}/v1/VolumeSnapshotContent", "filtered").ShouldBe([$"{content}(created)"]);
        room.Fates("v1/ConfigMap", "filtered").ShouldBeEmpty();

        await room.RestoreCleanlyAsync();

        foreach (var (kind, place, name) in new (string, string?, string)[] { ("VolumeSnapshot", shop, "s"), ("VolumeSnapshotContent", null, content) })
        {
            (await room.GetAsync($"{Snapshots}/v1", kind, place, name))["spec"]!.AsObject().Count.ShouldBe(2, kind);
        }

        (await room.GetAsync($"{Snapshots}/v1", "VolumeSnapshotClass", null, room.Cluster.Name("c")))["parameters"]!.ToJsonString().ShouldBe("""{"a":"b"}""");
        (await room.FindAsync("velero.io/v2alpha1", "DataUpload", shop, "d")).ShouldBeNull();
    }

    private static byte[] Gzip(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
