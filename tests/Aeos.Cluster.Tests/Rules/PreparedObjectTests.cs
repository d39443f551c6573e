using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules;

public class PreparedObjectTests
{
    [Fact]
    public async Task Storage_classes_and_images_change_by_config_maps_and_a_class_that_is_not_there_is_an_error()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        var (old, other) = (room.Cluster.Name("old"), room.Cluster.Name("new"));
        await room.MakeAsync("storage.k8s.io/v1", "StorageClass", null, other, """ "provisioner":"example.org/none","volumeBindingMode":"WaitForFirstConsumer" """);
        foreach (var (name, storage) in new[] { ("mapped", old), ("lost", $"{old}-lost"), ("kept", $"{old}-kept") })
        {
            await room.MakeAsync("v1", "PersistentVolumeClaim", shop, name, $$$$""" "spec":{"storageClassName":"{{{{storage}}}}","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}""");
        }

        await room.MakeAsync("apps/v1", "Deployment", shop, "web", $$$$"""
            "spec":{"replicas":0,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{{{{{RuleRoom.Containers}}}}}}}
            """);
        await room.MakeAsync(
            "v1", "ConfigMap", await room.ServerAsync(), "classes", $$""" "data":{"{{old}}":"{{other}}","{{old}}-lost":"{{room.Cluster.Name("nowhere")}}"}""",
            """ "labels":{"velero.io/plugin-config":"","velero.io/change-storage-class":"RestoreItemAction"}""");
        await room.ConfigureAsync("images", "example.org/web,mirror.example.org/web", """ "velero.io/plugin-config":"","velero.io/change-image-name":"RestoreItemAction" """, "one");
        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);

        var (_, outcome) = await room.RestoreAsync();

        Bucket.Messages(outcome.Errors).ShouldHaveSingleItem().ShouldContain("lost");
        $"{(await room.GetAsync("v1", "PersistentVolumeClaim", shop, "mapped")).At("spec", "storageClassName")}".ShouldBe(other);
        $"{(await room.GetAsync("v1", "PersistentVolumeClaim", shop, "kept")).At("spec", "storageClassName")}".ShouldBe($"{old}-kept");
        (await room.FindAsync("v1", "PersistentVolumeClaim", shop, "lost")).ShouldBeNull();
        $"{(await room.GetAsync("apps/v1", "Deployment", shop, "web")).At("spec", "template", "spec", "containers", 0, "image")}".ShouldBe("mirror.example.org/web:1");
    }

    [Fact]
    public async Task Modifiers_change_objects_by_JSON_merge_and_strategic_patches_where_their_conditions_hold()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, copy) = (await room.Cluster.CreateNamespaceAsync("shop"), room.Cluster.Name("copy"));
        foreach (var name in new[] { "patched-1", "plain" })
        {
            await room.Cluster.CreateConfigMapAsync(shop, name, labels: """{"app":"x"}""");
        }

        await room.Cluster.CreateSecretAsync(shop, "merged", "k", [1]);
        await room.MakeAsync("v1", "Service", shop, "web", """ "spec":{"ports":[{"name":"http","port":80},{"name":"more","port":81}]}""");
        await room.ConfigureAsync("modifiers", $$$"""
            version: v1
            resourceModifierRules:
            - conditions:
                groupResource: configmaps
                resourceNameRegex: "^patched"
                namespaces: ["{{{shop}}}"]
                labelSelector: {matchLabels: {app: x}}
                matches: [{path: "/data/k", value: "v"}]
              patches:
              - {operation: replace, path: "/data/k", value: "changed"}
            - conditions: {groupResource: configmaps, namespaces: ["{{{copy}}}"]}
              patches:
              - {operation: replace, path: "/data/k", value: "never"}
            - conditions: {groupResource: secrets}
              mergePatches:
              - patchData: |
                  metadata: {annotations: {by: merge}}
            - conditions: {groupResource: services}
              strategicPatches:
              - patchData: |
                  {"spec":{"ports":[{"port":81,"name":"renamed"}]}}
            """);
        await room.BackUpAsync(shop);

        await room.RestoreCleanlyAsync(new RestoreSpec { ResourceModifier = new ResourceReference { Kind = "ConfigMap", Name = "modifiers" }, NamespaceMapping = new Dictionary<string, string> { [shop] = copy } });

        $"{(await room.GetAsync("v1", "ConfigMap", copy, "patched-1")).At("data", "k")}".ShouldBe("changed");
        $"{(await room.GetAsync("v1", "ConfigMap", copy, "plain")).At("data", "k")}".ShouldBe("v");
        $"{(await room.GetAsync("v1", "Secret", copy, "merged")).At("metadata", "annotations", "by")}".ShouldBe("merge");
        var service = await room.GetAsync("v1", "Service", copy, "web");
        (((System.Text.Json.Nodes.JsonArray)service.At("spec", "ports")!).Select(static port => $"{port.At("name")}:{port.At("port")}")).ShouldBe(["http:80", "renamed:81"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_node_port_that_somebody_chose_stays_and_one_that_another_service_has_is_an_error()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        const string Ports = """ "spec":{"type":"NodePort","ports":[{"name":"http","port":80}]}""";
        foreach (var name in new[] { "given", "noted", "applied" })
        {
            await room.MakeAsync("v1", "Service", shop, name, Ports);
        }

        var (given, noted, applied) = (await PortAsync("given"), await PortAsync("noted"), await PortAsync("applied"));
        await room.PatchAsync("v1", "Service", shop, "noted", $$$$"""
            {"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"spec\":{\"ports\":[{\"name\":\"http\",\"port\":80,\"nodePort\":{{{{noted}}}}}]}}"}}}
            """);
        await room.PatchAsync(
            "v1", "Service", shop, "applied",
            $$$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"applied","namespace":"{{{{shop}}}}"},"spec":{"type":"NodePort","ports":[{"name":"http","port":80,"protocol":"TCP","nodePort":{{{{applied}}}}}]}}""",
            PatchType.Apply, new WriteOptions { FieldManager = "somebody" });
        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);
        var other = await room.Cluster.CreateNamespaceAsync("other");
        await room.MakeAsync("v1", "Service", other, "squatter", $$$$""" "spec":{"type":"NodePort","ports":[{"port":80,"nodePort":{{{{given}}}}}]}""");
        await room.RestoreCleanlyAsync();

        (await PortAsync("given")).ShouldNotBe(given);
        (await PortAsync("noted")).ShouldBe(noted);
        if (ClusterRoom.IsReal)
        {
            // The embedded cluster notes owners of whole fields of an object, not of a list's entries.
            (await PortAsync("applied")).ShouldBe(applied);
        }

        await room.Cluster.DeleteAsync("v1", "Service", shop, "given");
        var (_, outcome) = await room.RestoreAsync(new RestoreSpec { PreserveNodePorts = true, IncludedResources = ["services"] }, "preserving");
        Bucket.Messages(outcome.Errors).ShouldHaveSingleItem().ShouldContain("given");

        async Task<string> PortAsync(string name) => $"{(await room.GetAsync("v1", "Service", shop, name)).At("spec", "ports", 0, "nodePort")}";
    }

    [Fact]
    public async Task What_belongs_to_one_cluster_stays_there()
    {
        await using var room = await RuleRoom.OpenAsync();
        await room.Cluster.DefineAsync("widgets", "Widget");
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.MakeAsync("v1", "Event", shop, "happened", $$""" "involvedObject":{"kind":"Pod","name":"p","namespace":"{{shop}}"},"reason":"Test" """);
        var api = $"v1.{room.Cluster.Group}";
        await room.Cluster.UntilAsync(await room.Cluster.TypeAsync("apiregistration.k8s.io/v1", "APIService"), null, api, static now => now is not null);
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludedClusterScopedResources = ["apiservices"] });
        room.Bucket.Items("nightly").Keys.ShouldContain($"events/{shop}/happened");
        room.Bucket.Items("nightly").Keys.ShouldContain($"apiservices.apiregistration.k8s.io/{api}");
        await room.Cluster.DeleteNamespaceAsync(shop);

        var outcome = await room.RestoreCleanlyAsync();

        (await room.FindAsync("v1", "Event", shop, "happened")).ShouldBeNull();
        room.Bucket.Text("restores/again/restore-again-resource-list.json.gz").ShouldContain($"{api}(skipped)");
        Bucket.Messages(outcome.Warnings).ShouldNotContain(message => message.Contains(api, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Webhooks_come_back_as_they_were()
    {
        await using var room = await RuleRoom.OpenAsync();
        const string Version = "admissionregistration.k8s.io/v1";
        var name = room.Cluster.Name("checks");
        await room.MakeAsync(Version, "ValidatingWebhookConfiguration", null, name, $$$$"""
            "webhooks":[{"name":"a.{{{{room.Cluster.Group}}}}","admissionReviewVersions":["v1"],"sideEffects":"NoneOnDryRun","clientConfig":{"url":"https://127.0.0.1:1/"},
             "rules":[{"apiGroups":["{{{{room.Cluster.Group}}}}"],"apiVersions":["v1"],"operations":["CREATE"],"resources":["nothings"]}]}]
            """, $$""" "labels":{"app":"{{room.Mark}}"}""");
        var before = await room.GetAsync(Version, "ValidatingWebhookConfiguration", null, name);
        await room.BackUpAsync(new BackupSpec
        {
            IncludedResources = ["validatingwebhookconfigurations"],
            LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = room.Mark } },
            IncludeClusterResources = true,
        });
        await room.Cluster.DeleteAsync(Version, "ValidatingWebhookConfiguration", null, name);

        await room.RestoreCleanlyAsync();

        (await room.GetAsync(Version, "ValidatingWebhookConfiguration", null, name))["webhooks"]!.ToJsonString().ShouldBe(before["webhooks"]!.ToJsonString());
    }
}
