using Aeos.Cluster.Tests.Running;
using Aeos.Server.Definitions;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Backups;

/// <summary>Which types a backup has.</summary>
[Collection(ForeignDefinitions.Name)]
public class BackedUpTypeRuleTests
{
    [Fact]
    public async Task A_type_goes_by_any_of_its_names_and_excludes_win()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateSecretAsync(shop, "secret", "k", [1]);
        await MakeDeploymentAsync(room, shop);

        foreach (var name in new[] { "deployments", "deployment", "deploy", "deployments.apps", "deployment.apps", "deploy*.apps" })
        {
            (await TypesAsync(room, new BackupSpec { IncludedNamespaces = [shop], IncludedResources = [name] })).ShouldBe(["deployments.apps"], name);
        }

        var apps = await TypesAsync(room, new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["*.apps"] });
        apps.ShouldContain("deployments.apps");
        apps.ShouldAllBe(static type => type.EndsWith(".apps", StringComparison.Ordinal));

        // A pattern is for the whole name.
        (await TypesAsync(room, new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["eploy*"] })).ShouldBeEmpty();
        var without = await TypesAsync(room, new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["*.apps", "secrets"], ExcludedResources = ["deploy"] });
        without.ShouldContain("secrets");
        without.ShouldNotContain("deployments.apps");
    }

    [Fact]
    public async Task A_type_that_nobody_serves_is_warned_of_and_matches_nothing()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");

        var outcome = await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["configmpas"] });

        outcome.Results.Warnings.Velero.ShouldHaveSingleItem().ShouldContain("\"configmpas\"");
        outcome.Document.Status.Phase.ShouldBe("Completed");
        room.Entries().ShouldBe(["metadata/version"]);
    }

    [Theory]
    [InlineData("{}", "role class ns secret map")]
    [InlineData("""{"includedNamespaces":["SHOP"]}""", "ns secret map")]
    [InlineData("""{"includedNamespaceScopedResources":["secrets"]}""", "ns secret")]
    [InlineData("""{"excludedNamespaceScopedResources":["cm"]}""", "ns secret")]
    [InlineData("""{"excludedNamespaceScopedResources":["*"]}""", "ns")]
    [InlineData("""{"includedClusterScopedResources":["clusterroles"]}""", "role ns secret map")]
    [InlineData("""{"includedClusterScopedResources":["*"],"excludedClusterScopedResources":["pc"]}""", "role ns secret map")]
    [InlineData("""{"excludedClusterScopedResources":["namespaces"]}""", "secret map")]
    [InlineData("""{"excludedClusterScopedResources":["*"]}""", "secret map")]
    [InlineData("""{"includedClusterScopedResources":["secrets","clusterroles"]}""", "role ns secret map")]
    [InlineData("""{"excludedNamespaceScopedResources":["clusterroles"]}""", "role class ns secret map")]
    [InlineData("""{"includeClusterResources":true,"includedNamespaces":["SHOP"]}""", "role class ns secret map")]
    [InlineData("""{"includeClusterResources":false}""", "secret map")]
    [InlineData("""{"includedResources":["secrets","clusterroles","namespaces"]}""", "role ns secret")]
    [InlineData("""{"includedResources":["secrets","clusterroles","namespaces"],"includedNamespaces":["SHOP"]}""", "ns secret")]
    public async Task Filters_choose_among_types_of_both_scopes(string spec, string expected)
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateSecretAsync(shop, "secret", "k", [1]);
        await room.Cluster.CreateConfigMapAsync(shop, "map");
        await room.MakeAsync("rbac.authorization.k8s.io/v1", "ClusterRole", null, room.Cluster.Name("role"), "\"rules\":[]");
        await room.MakeAsync("scheduling.k8s.io/v1", "PriorityClass", null, room.Cluster.Name("class"), "\"value\":7");
        var keys = new Dictionary<string, string>
        {
            ["role"] = $"clusterroles.rbac.authorization.k8s.io/{room.Cluster.Name("role")}",
            ["class"] = $"priorityclasses.scheduling.k8s.io/{room.Cluster.Name("class")}",
            ["ns"] = $"namespaces/{shop}",
            ["secret"] = $"secrets/{shop}/secret",
            ["map"] = $"configmaps/{shop}/map",
        };

        await room.BackUpAsync(Specs.Backup(spec.Replace("SHOP", shop, StringComparison.Ordinal)));

        var items = room.Bucket.Items("nightly").Keys.ToHashSet();
        string.Join(' ', keys.Where(pair => items.Contains(pair.Value)).Select(static pair => pair.Key)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_whole_cluster_has_each_type_that_can_be_made_again_once()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await VeleroDefinitions.ApplyAsync(room.Cluster.Client, TimeProvider.System, default);
        await room.MakeAsync("velero.io/v1", "Backup", shop, "earlier");
        await room.MakeAsync("v1", "Node", null, room.Cluster.Name("node"));
        await room.MakeAsync("v1", "Event", shop, "happened", $$""" "involvedObject":{"kind":"Pod","name":"p","namespace":"{{shop}}"},"reason":"Test" """);
        await room.MakeAsync("v1", "Pod", shop, "p", $$""" "spec":{{{RuleRoom.Containers}}}""");

        await room.BackUpAsync(new BackupSpec());

        var items = room.Bucket.Items("nightly");
        items.Keys.ShouldContain($"backups.velero.io/{shop}/earlier");
        items.Keys.ShouldContain($"nodes/{room.Cluster.Name("node")}");
        items.Keys.ShouldContain($"events/{shop}/happened");
        items.Keys.ShouldContain($"pods/{shop}/p");
        var types = items.Keys.Select(static key => key.Split('/')[0]).Distinct().ToList();
        types.ShouldNotContain("events.events.k8s.io");
        types.ShouldNotContain(static type => type.Contains("reviews", StringComparison.Ordinal) || type == "componentstatuses" || type == "bindings");
        items.Keys.ShouldNotContain(static key => key.Contains("/status", StringComparison.Ordinal) || key.Contains("/scale", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pods_claims_and_volumes_come_before_the_rest_of_the_core_and_that_before_other_groups()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await MakeDeploymentAsync(room, shop);
        await room.Cluster.CreateConfigMapAsync(shop, "map");
        await room.MakeAsync("v1", "Pod", shop, "p", $$""" "spec":{{{RuleRoom.Containers}}}""");
        await Volumes.CreateBoundAsync(room.Cluster, shop, "data", "Retain");

        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop] });

        var types = room.Entries().Where(static entry => entry.StartsWith("resources/", StringComparison.Ordinal)).Select(static entry => entry.Split('/')[1]).Distinct().ToList();
        types.Take(3).ShouldBe(["pods", "persistentvolumeclaims", "persistentvolumes"]);
        types.IndexOf("configmaps").ShouldBeInRange(3, types.IndexOf("deployments.apps") - 1);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("crd", 0)]
    public async Task Definitions_that_are_excluded_do_not_come_along_with_their_resources(string? excluded, int count)
    {
        await using var room = await RuleRoom.OpenAsync();
        await room.Cluster.DefineAsync("widgets", "Widget");
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.MakeAsync($"{room.Cluster.Group}/v1", "Widget", shop, "w");

        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], ExcludedResources = excluded is null ? null : [excluded] });

        room.Bucket.Items("nightly").Keys.ShouldContain($"widgets.{room.Cluster.Group}/{shop}/w");
        room.Bucket.Items("nightly").Keys.Count(static key => key.StartsWith("customresourcedefinitions", StringComparison.Ordinal)).ShouldBe(count);
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"includedResources":["volumesnapshots.snapshot.storage.k8s.io","volumesnapshotcontents.snapshot.storage.k8s.io","secrets"]}""", true)]
    [InlineData("""{"includedNamespaceScopedResources":["volumesnapshots.snapshot.storage.k8s.io","secrets"]}""", true)]
    [InlineData("""{"includedResources":["volumesnapshots.snapshot.storage.k8s.io"]}""", false)]
    public async Task Snapshots_are_never_taken_and_who_asks_for_them_alone_gets_nothing(string json, bool hasSecret)
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateSecretAsync(shop, "secret", "k", [1]);
        await room.DefineAsync("snapshot.storage.k8s.io", "volumesnapshots", "VolumeSnapshot");
        await room.DefineAsync("snapshot.storage.k8s.io", "volumesnapshotcontents", "VolumeSnapshotContent", "Cluster");
        await room.MakeAsync("snapshot.storage.k8s.io/v1", "VolumeSnapshot", shop, "s");
        await room.MakeAsync("snapshot.storage.k8s.io/v1", "VolumeSnapshotContent", null, room.Cluster.Name("s"));
        var spec = Specs.Backup(json);
        spec.IncludedNamespaces = [shop];

        await room.BackUpAsync(spec);

        var keys = room.Bucket.Items("nightly").Keys;
        keys.ShouldNotContain(static key => key.StartsWith("volumesnapshot", StringComparison.Ordinal));
        keys.Contains($"secrets/{shop}/secret").ShouldBe(hasSecret);
        (keys.Count > 0).ShouldBe(hasSecret);
    }

    [Fact]
    public async Task A_snapshot_class_that_is_named_is_an_object_like_others()
    {
        await using var room = await RuleRoom.OpenAsync();
        await room.DefineAsync("snapshot.storage.k8s.io", "volumesnapshotclasses", "VolumeSnapshotClass", "Cluster");
        await room.MakeAsync("snapshot.storage.k8s.io/v1", "VolumeSnapshotClass", null, room.Cluster.Name("c"), """ "driver":"d" """);

        await room.BackUpAsync(new BackupSpec { IncludedClusterScopedResources = ["volumesnapshotclasses.snapshot.storage.k8s.io"], ExcludedNamespaceScopedResources = ["*"] });

        room.Bucket.Items("nightly").Keys.ShouldContain($"volumesnapshotclasses.snapshot.storage.k8s.io/{room.Cluster.Name("c")}");
    }

    private static Task MakeDeploymentAsync(RuleRoom room, string shop) => room.MakeAsync("apps/v1", "Deployment", shop, "web", $$$$"""
        "spec":{"replicas":0,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{{{{{RuleRoom.Containers}}}}}}}
        """);

    private static async Task<List<string>> TypesAsync(RuleRoom room, BackupSpec spec)
    {
        var name = $"b{(await room.Bucket.KeysAsync()).Count}";
        await room.BackUpAsync(spec, name);
        return [.. room.Bucket.Items(name).Keys.Select(static key => key.Split('/')[0]).Distinct()];
    }
}
