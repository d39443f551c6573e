using System.Text.Json.Nodes;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules;

public class AccountAndServiceTests
{
    [Fact]
    public async Task An_account_that_is_there_gets_what_it_lacks_under_every_policy()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.MakeAsync(
            "v1", "ServiceAccount", shop, "runner", """ "secrets":[{"name":"old"}],"imagePullSecrets":[{"name":"old-registry"}]""",
            """ "labels":{"both":"old","old":"l"},"annotations":{"old":"a"}""");
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["serviceaccounts"] });
        await room.Cluster.DeleteAsync("v1", "ServiceAccount", shop, "runner");
        await room.MakeAsync("v1", "ServiceAccount", shop, "runner", """ "secrets":[{"name":"new"}],"imagePullSecrets":[{"name":"new-registry"}]""", """ "labels":{"both":"new"}""");

        await room.RestoreCleanlyAsync(new RestoreSpec { ExistingResourcePolicy = "none" });

        var account = await room.GetAsync("v1", "ServiceAccount", shop, "runner");
        Names("secrets").ShouldBe(["new", "old"], ignoreOrder: true);
        Names("imagePullSecrets").ShouldBe(["new-registry", "old-registry"], ignoreOrder: true);
        ($"{account.At("metadata", "labels", "both")}", $"{account.At("metadata", "labels", "old")}", $"{account.At("metadata", "annotations", "old")}").ShouldBe(("new", "l", "a"));

        IEnumerable<string> Names(string list) => ((JsonArray)account[list]!).Select(static one => $"{one.At("name")}");
    }

    [Fact]
    public async Task A_port_for_health_checks_is_given_anew_unless_ports_are_preserved()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.MakeAsync("v1", "Service", shop, "web", """ "spec":{"type":"LoadBalancer","externalTrafficPolicy":"Local","ports":[{"name":"http","port":80}]}""");
        var port = await PortAsync();
        port.ShouldNotBeEmpty();
        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);

        // Somebody else has the port meanwhile: only who asks for the same one notices.
        var other = await room.Cluster.CreateNamespaceAsync("other");
        await room.MakeAsync("v1", "Service", other, "squatter", $$$$""" "spec":{"type":"NodePort","ports":[{"port":80,"nodePort":{{{{port}}}}}]}""");
        await room.RestoreCleanlyAsync();
        (await PortAsync()).ShouldNotBe(port);

        await room.Cluster.DeleteNamespaceAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(other);
        await room.RestoreCleanlyAsync(new RestoreSpec { PreserveNodePorts = true }, "preserving");
        (await PortAsync()).ShouldBe(port);

        async Task<string> PortAsync() => $"{(await room.GetAsync("v1", "Service", shop, "web")).At("spec", "healthCheckNodePort")}";
    }

    [Fact]
    public async Task A_service_whose_applied_configuration_is_no_JSON_and_objects_with_two_maps_for_images_are_errors()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateConfigMapAsync(shop, "map");
        await room.MakeAsync(
            "v1", "Service", shop, "broken", """ "spec":{"type":"NodePort","ports":[{"port":80}]}""",
            """ "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"no JSON"}""");
        await room.MakeAsync("v1", "Pod", shop, "p", $$""" "spec":{{{RuleRoom.Containers}}}""");
        foreach (var name in new[] { "images-1", "images-2" })
        {
            await room.ConfigureAsync(name, "a,b", """ "velero.io/plugin-config":"","velero.io/change-image-name":"RestoreItemAction" """);
        }

        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);
        var (document, outcome) = await room.RestoreAsync();

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Namespaces.Keys.ShouldBe([shop]);
        outcome.Errors.Namespaces[shop].Count.ShouldBe(2);
        (await room.FindAsync("v1", "Service", shop, "broken")).ShouldBeNull();
        (await room.FindAsync("v1", "Pod", shop, "p")).ShouldBeNull();
        (await room.FindAsync("v1", "ConfigMap", shop, "map")).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_object_that_the_server_refuses_is_an_error_and_the_rest_comes_back()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateConfigMapAsync(shop, "map");
        await room.Cluster.CreateSecretAsync(shop, "secret", "k", [1]);
        await room.ConfigureAsync("modifiers", """
            version: v1
            resourceModifierRules:
            - conditions: {groupResource: secrets, resourceNameRegex: "^secret$"}
              mergePatches:
              - patchData: |
                  {"metadata":{"labels":{"bad":"not a label!"}}}
            - conditions: {groupResource: configmaps, resourceNameRegex: "^map$"}
              patches:
              - {operation: remove, path: "/data/nothing"}
            """);
        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);

        var (document, outcome) = await room.RestoreAsync(new RestoreSpec { ResourceModifier = new ResourceReference { Kind = "ConfigMap", Name = "modifiers" } });

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Namespaces[shop].ShouldContain(static message => message.Contains("secret", StringComparison.Ordinal));
        outcome.Errors.Namespaces[shop].Count.ShouldBe(2);
        (await room.FindAsync("v1", "Secret", shop, "secret")).ShouldBeNull();
        (await room.FindAsync("v1", "ConfigMap", shop, "map")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Pods_that_are_done_bring_their_namespace_and_are_in_no_list()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.MakeAsync("v1", "Pod", shop, "done", $$""" "spec":{{{RuleRoom.Containers}}}""");
        await Completion.FinishPodAsync(room.Cluster, shop, "done");
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["pods"] });
        await room.Cluster.DeleteNamespaceAsync(shop);

        await room.RestoreCleanlyAsync();

        (await room.FindAsync("v1", "Namespace", null, shop)).ShouldNotBeNull();
        (await room.FindAsync("v1", "Pod", shop, "done")).ShouldBeNull();
        room.Bucket.Text("restores/again/restore-again-resource-list.json.gz").ShouldNotContain("done");
    }
}
