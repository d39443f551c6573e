using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules;

public class BackupSelectionTests
{
    [Fact]
    public async Task One_of_several_selectors_must_match_and_the_exclude_label_leaves_out_objects_and_whole_namespaces()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        var hidden = await room.Cluster.CreateNamespaceAsync("hidden", """{"velero.io/exclude-from-backup":"true"}""");
        await room.Cluster.CreateConfigMapAsync(shop, "both", labels: """{"a":"1","b":"1"}""");
        await room.Cluster.CreateConfigMapAsync(shop, "one", labels: """{"b":"1"}""");
        await room.Cluster.CreateConfigMapAsync(shop, "none");
        await room.Cluster.CreateConfigMapAsync(shop, "excluded", labels: """{"a":"1","velero.io/exclude-from-backup":"true"}""");
        await room.Cluster.CreateConfigMapAsync(hidden, "one", labels: """{"b":"1"}""");

        await room.BackUpAsync(new BackupSpec
        {
            IncludedNamespaces = [$"*-{room.Mark}"],
            OrLabelSelectors = [new LabelSelector { MatchLabels = new Dictionary<string, string> { ["a"] = "1" } }, new LabelSelector { MatchExpressions = [new LabelRequirement { Key = "b", Operator = "Exists" }] }],
        });

        // Each object's path is in the archive once: reading it twice would throw.
        room.Bucket.Items("nightly").Keys.ShouldBe([$"configmaps/{shop}/both", $"configmaps/{shop}/one", $"namespaces/{shop}"]);
    }

    [Fact]
    public async Task Namespaces_are_chosen_by_patterns_and_one_that_is_not_there_is_an_error()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (a, b, c) = (await room.Cluster.CreateNamespaceAsync("shop-a"), await room.Cluster.CreateNamespaceAsync("shop-b"), await room.Cluster.CreateNamespaceAsync("other"));
        foreach (var place in new[] { a, b, c })
        {
            await room.Cluster.CreateConfigMapAsync(place, "map");
        }

        var absent = room.Cluster.Name("absent");
        var outcome = await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [$"shop-?-{room.Mark}", absent], ExcludedNamespaces = [$"*-b-{room.Mark}"], IncludedResources = ["cm", "ns"] });

        room.Bucket.Items("nightly").Keys.Where(static key => key.EndsWith("/map", StringComparison.Ordinal)).ShouldBe([$"configmaps/{a}/map"]);
        Bucket.Messages(outcome.Results.Errors).ShouldHaveSingleItem().ShouldContain(absent);
        outcome.Document.Status.Phase.ShouldBe("PartiallyFailed");
    }

    [Fact]
    public async Task Scoped_filters_name_types_of_each_scope_and_a_policy_adds_to_them()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        var label = $$"""{"app":"{{room.Mark}}"}""";
        var selector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = room.Mark } };
        await room.Cluster.CreateConfigMapAsync(shop, "map", labels: label);
        await room.Cluster.CreateSecretAsync(shop, "secret", "k", [1], label);
        await room.MakeAsync("rbac.authorization.k8s.io/v1", "ClusterRole", null, room.Cluster.Name("reader"), "\"rules\":[]", $"\"labels\":{label}");
        await room.MakeAsync("scheduling.k8s.io/v1", "PriorityClass", null, room.Cluster.Name("high"), "\"value\":7", $"\"labels\":{label}");
        await room.ConfigureAsync("policy", "version: v1\nincludeExcludePolicy:\n  excludedNamespaceScopedResources: [secrets]");

        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludedClusterScopedResources = ["clusterroles"], LabelSelector = selector, ResourcePolicy = new ResourceReference { Kind = "configmap", Name = "policy" } });
        var role = $"clusterroles.rbac.authorization.k8s.io/{room.Cluster.Name("reader")}";
        room.Bucket.Items("nightly").Keys.ShouldBe([role, $"configmaps/{shop}/map", $"namespaces/{shop}"]);

        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], ExcludedNamespaceScopedResources = ["*"], IncludedClusterScopedResources = ["clusterroles"], LabelSelector = selector }, "roles");
        room.Bucket.Items("roles").Keys.ShouldContain(role);
        room.Bucket.Items("roles").Keys.ShouldNotContain($"configmaps/{shop}/map");

        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludeClusterResources = false, LabelSelector = selector }, "inside");
        room.Bucket.Items("inside").Keys.ShouldBe([$"configmaps/{shop}/map", $"secrets/{shop}/secret"]);

        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludeClusterResources = true, LabelSelector = selector, IncludedResources = ["priorityclasses", "secret"] }, "all");
        room.Bucket.Items("all").Keys.ShouldBe([$"priorityclasses.scheduling.k8s.io/{room.Cluster.Name("high")}", $"secrets/{shop}/secret"]);
    }

    [Fact]
    public async Task The_version_comes_first_and_ordered_objects_before_the_others_of_their_type()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        foreach (var name in new[] { "a", "b", "c" })
        {
            await room.Cluster.CreateConfigMapAsync(shop, name);
        }

        var outcome = await room.BackUpAsync(new BackupSpec
        {
            IncludedNamespaces = [shop],
            IncludedResources = ["configmaps", "secrets"],
            OrderedResources = new Dictionary<string, string> { ["configmaps"] = $"{shop}/c,{shop}/missing,{shop}/b" },
        });

        var entries = room.Entries();
        entries[0].ShouldBe("metadata/version");
        entries.Where(static entry => entry.StartsWith("resources/configmaps/namespaces/", StringComparison.Ordinal)).Take(3).Select(static entry => entry.Split('/')[^1]).ShouldBe(["c.json", "b.json", "a.json"]);
        entries.ShouldContain($"resources/configmaps/v1-preferredversion/namespaces/{shop}/a.json");
        Bucket.Messages(outcome.Results.Warnings).ShouldHaveSingleItem().ShouldContain("missing");
    }

    [Fact]
    public async Task All_versions_are_backed_up_when_asked_for_and_the_one_that_a_config_map_prefers_is_restored()
    {
        await using var room = await RuleRoom.OpenAsync();
        var type = $"widgets.{room.Cluster.Group}";
        await room.MakeAsync("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, type, $$$$"""
            "spec":{"group":"{{{{room.Cluster.Group}}}}","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},
              {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}
            """);
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.MakeAsync($"{room.Cluster.Group}/v1", "Widget", shop, "w");
        await room.ConfigureAsync("enableapigroupversions", $"{type}=v1", key: "restoreResourcesVersionPriority");
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludedResources = [type] }, allVersions: true);
        await room.Cluster.DeleteNamespaceAsync(shop);

        room.Entries().Where(entry => entry.StartsWith($"resources/{type}/", StringComparison.Ordinal)).ShouldBe(
            [$"resources/{type}/namespaces/{shop}/w.json", $"resources/{type}/v1/namespaces/{shop}/w.json", $"resources/{type}/v2-preferredversion/namespaces/{shop}/w.json"],
            ignoreOrder: true);

        await room.RestoreAsync(allVersions: true);
        room.Bucket.Text("restores/again/restore-again-resource-list.json.gz").ShouldContain($"{room.Cluster.Group}/v1/Widget");
        await room.Cluster.DeleteNamespaceAsync(shop);
        await room.RestoreAsync(name: "preferred");
        room.Bucket.Text("restores/preferred/restore-preferred-resource-list.json.gz").ShouldContain($"{room.Cluster.Group}/v2/Widget");
    }
}
