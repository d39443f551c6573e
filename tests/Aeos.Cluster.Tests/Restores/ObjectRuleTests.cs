using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Restores;

public class ObjectRuleTests
{
    [Fact]
    public async Task An_object_comes_back_new_labelled_and_without_owner()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateConfigMapAsync(shop, "owner");
        var owner = (await room.GetAsync("v1", "ConfigMap", shop, "owner")).At("metadata", "uid");
        await room.CreateAsync($$$"""
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"owned","namespace":"{{{shop}}}","finalizers":["{{{ClusterRoom.Finalizer}}}"],"annotations":{"a":"b"},
             "ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"{{{owner}}}"}]},"data":{"k":"v"}}
            """);
        var before = await room.GetAsync("v1", "ConfigMap", shop, "owned");
        await bucket.BackUpAsync("nightly", shop);
        await room.Client.PatchAsync(WellKnownResources.ConfigMaps, shop, "owned", PatchType.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray());
        await room.DeleteNamespaceAsync(shop);

        await bucket.RestoreCleanlyAsync("nightly");

        var after = await room.GetAsync("v1", "ConfigMap", shop, "owned");
        after.At("metadata", "uid")!.ToJsonString().ShouldNotBe(before.At("metadata", "uid")!.ToJsonString());
        after.At("metadata", "ownerReferences").ShouldBeNull();
        after.At("metadata", "finalizers")!.ToJsonString().ShouldBe($"[\"{ClusterRoom.Finalizer}\"]");
        after.At("metadata", "annotations")!.ToJsonString().ShouldBe("""{"a":"b"}""");
        after.At("metadata", "labels")!.AsObject().OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")
            .ShouldBe(["velero.io/backup-name=nightly", "velero.io/restore-name=again"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Node_ports_are_kept_when_that_is_asked_for_and_addresses_never(bool preserve)
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateAsync($$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"{{{shop}}}"},"spec":{"type":"NodePort","ports":[{"name":"http","port":80}]}}""");
        await room.CreateAsync($$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"peers","namespace":"{{{shop}}}"},"spec":{"clusterIP":"None","ports":[{"port":80}]}}""");
        await room.CreateAsync($$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"away","namespace":"{{{shop}}}"},"spec":{"type":"ExternalName","externalName":"example.org"}}""");
        var before = await room.GetAsync("v1", "Service", shop, "web");
        await bucket.BackUpAsync("nightly", shop);
        await room.DeleteNamespaceAsync(shop);

        // Whoever has the old address now: the service is not there for it.
        await room.CreateNamespaceAsync("shop");
        await room.CreateAsync($$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"squatter","namespace":"{{{shop}}}"},"spec":{"clusterIP":"{{{before.At("spec", "clusterIP")}}}","ports":[{"port":80}]}}""");
        await bucket.RestoreCleanlyAsync(new RestoreSpec { BackupName = "nightly", PreserveNodePorts = preserve });

        var after = await room.GetAsync("v1", "Service", shop, "web");
        $"{after.At("spec", "clusterIP")}".ShouldNotBe($"{before.At("spec", "clusterIP")}");
        var (was, now) = ($"{before.At("spec", "ports", 0, "nodePort")}", $"{after.At("spec", "ports", 0, "nodePort")}");
        now.ShouldNotBeEmpty();
        (now == was).ShouldBe(preserve);
        $"{(await room.GetAsync("v1", "Service", shop, "peers")).At("spec", "clusterIP")}".ShouldBe("None");
        $"{(await room.GetAsync("v1", "Service", shop, "away")).At("spec", "externalName")}".ShouldBe("example.org");
    }

    [Fact]
    public async Task A_service_accounts_token_is_made_anew_by_the_cluster()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateAsync($$$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"runner","namespace":"{{{shop}}}"}}""");
        foreach (var name in new[] { "my-token", "runner-token-abcde" })
        {
            await room.CreateAsync($$$"""
                {"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/service-account-token",
                 "metadata":{"name":"{{{name}}}","namespace":"{{{shop}}}","annotations":{"kubernetes.io/service-account.name":"runner"}},"data":{"extra":"eA=="}}
                """);
            await UntilTokenAsync(name);
        }

        var before = await room.GetAsync("v1", "Secret", shop, "my-token");
        await bucket.BackUpAsync("nightly", shop);
        await room.DeleteNamespaceAsync(shop);
        await bucket.RestoreCleanlyAsync("nightly");
        await UntilTokenAsync("my-token");

        var after = await room.GetAsync("v1", "Secret", shop, "my-token");
        $"{after.At("data", "token")}".ShouldNotBe($"{before.At("data", "token")}");
        $"{after.At("data", "extra")}".ShouldBe("eA==");
        $"{after.At("metadata", "annotations", "kubernetes.io/service-account.uid")}"
            .ShouldBe($"{(await room.GetAsync("v1", "ServiceAccount", shop, "runner")).At("metadata", "uid")}");
        (await room.FindAsync("v1", "Secret", shop, "runner-token-abcde")).ShouldBeNull();

        Task UntilTokenAsync(string name) => room.UntilAsync(WellKnownResources.Secrets, shop, name, static now => now.At("data", "token") is not null);
    }

    [Fact]
    public async Task A_kept_volume_is_bound_again_and_a_deleted_one_is_left_to_the_cluster()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        var kept = await Volumes.CreateBoundAsync(room, shop, "kept", "Retain");
        var gone = await Volumes.CreateBoundAsync(room, shop, "gone", "Delete");
        await bucket.BackUpAsync("nightly", shop);
        await room.DeleteNamespaceAsync(shop);
        foreach (var volume in new[] { kept, gone })
        {
            if (await room.FindAsync("v1", "PersistentVolume", null, volume) is not null)
            {
                await room.DeleteAsync("v1", "PersistentVolume", null, volume);
            }
        }

        await bucket.RestoreCleanlyAsync("nightly");

        await Volumes.UntilBoundAsync(room, shop, "kept");
        var claim = await room.GetAsync("v1", "PersistentVolumeClaim", shop, "kept");
        $"{claim.At("spec", "volumeName")}".ShouldBe(kept);
        $"{(await room.GetAsync("v1", "PersistentVolume", null, kept)).At("spec", "claimRef", "uid")}".ShouldBe($"{claim.At("metadata", "uid")}");
        (await room.FindAsync("v1", "PersistentVolume", null, gone)).ShouldBeNull();
        var unbound = await room.GetAsync("v1", "PersistentVolumeClaim", shop, "gone");
        $"{unbound.At("spec", "volumeName")}".ShouldNotBe(gone);
        unbound.At("metadata", "annotations", "pv.kubernetes.io/bind-completed").ShouldBeNull();
    }

    [Fact]
    public async Task Pods_and_jobs_come_back_unless_they_are_done()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        const string Template = """{"restartPolicy":"Never","containers":[{"name":"c","image":"example.org/web:1"}]}""";
        foreach (var name in new[] { "open", "done" })
        {
            await room.CreateAsync($$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"{{{shop}}}"},"spec":{{{Template}}}}""");
            await room.CreateAsync($$$"""{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"{{{name}}}","namespace":"{{{shop}}}"},"spec":{"template":{"spec":{{{Template}}} } }}""");
        }

        await Completion.FinishPodAsync(room, shop, "done");
        await Completion.FinishJobAsync(room, shop, "done");
        await bucket.BackUpAsync("nightly", shop);
        await room.DeleteNamespaceAsync(shop);
        await bucket.RestoreCleanlyAsync("nightly");

        var pod = await room.GetAsync("v1", "Pod", shop, "open");
        (pod.At("spec", "nodeName"), $"{pod.At("status", "phase")}").ShouldBe((null, "Pending"));
        var job = await room.GetAsync("batch/v1", "Job", shop, "open");
        $"{job.At("spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid")}".ShouldBe($"{job.At("metadata", "uid")}");
        (await room.FindAsync("v1", "Pod", shop, "done")).ShouldBeNull();
        (await room.FindAsync("batch/v1", "Job", shop, "done")).ShouldBeNull();
    }

    [Fact]
    public async Task A_status_stays_behind()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        await room.DefineAsync("widgets", "Widget");
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateAsync($$$"""{"apiVersion":"{{{room.Group}}}/v1","kind":"Widget","metadata":{"name":"w","namespace":"{{{shop}}}"},"spec":{"a":1}}""");
        var type = await room.TypeAsync($"{room.Group}/v1", "Widget");
        await room.Client.PatchAsync(type, shop, "w", PatchType.Merge, """{"status":{"ready":true}}"""u8.ToArray(), new WriteOptions { Subresource = "status" });
        await bucket.BackUpAsync("nightly", shop);
        await room.DeleteAsync(type.ApiVersion, type.Kind, shop, "w");

        await bucket.RestoreCleanlyAsync("nightly");

        JsonNode.DeepEquals((await room.GetAsync(type.ApiVersion, type.Kind, shop, "w"))["status"], null).ShouldBeTrue();
    }
}
