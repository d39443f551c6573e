using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

/// <summary>What an item takes along, also when filters leave its type out, and what becomes of claims.</summary>
public class CompanionTests
{
    private const string Volume = """
        {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1","labels":{"zone":"a"}},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],
         "persistentVolumeReclaimPolicy":"Retain","hostPath":{"path":"/x"},"claimRef":{"namespace":"shop","name":"data"}}}
        """;

    private const string Pod = """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","labels":{"app":"web"}},
         "spec":{"priorityClassName":"high","containers":[{"name":"c","image":"i"}],
         "volumes":[{"name":"d","persistentVolumeClaim":{"claimName":"data"}},{"name":"e","emptyDir":{}}]}}
        """;

    [Fact]
    public async Task A_pod_takes_its_claim_its_volume_and_its_priority_class_along_whatever_their_labels()
    {
        await using var fixture = await StartAsync();
        var outcome = await fixture.BackUpAsync(new BackupRequest
        {
            Name = "b1",
            Spec = new BackupSpec { IncludedNamespaces = ["shop"], LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } } },
        });

        fixture.StoredItems("b1").ShouldBe(
            ["pods/shop/web", "persistentvolumeclaims/shop/data", "persistentvolumes/pv-1", "priorityclasses.scheduling.k8s.io/high", "namespaces/shop"], ignoreOrder: true);
        var list = JsonNode.Parse(fixture.StoredText(new BackupKeys("b1").ResourceList))!;
        list["v1/PersistentVolumeClaim"]!.ToJsonString().ShouldBe("""["shop/data"]""");
        list["scheduling.k8s.io/v1/PriorityClass"]!.ToJsonString().ShouldBe("""["high"]""");
        outcome.Results.Errors.Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_listed_anyway_and_taken_along_is_in_the_archive_once()
    {
        await using var fixture = await StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        var items = fixture.StoredItems("b1").ToList();
        items.ShouldBeUnique();
        items.ShouldContain("persistentvolumes/pv-1");
        items.ShouldContain("persistentvolumeclaims/shop/data");
        (fixture.StoredArchive("b1").Count - 1).ShouldBe(items.Count * 2);
    }

    [Theory]
    [InlineData("""{"includedResources":["pods"]}""", false, true, false)]
    [InlineData("""{"includedNamespaceScopedResources":["pods"]}""", false, true, false)]
    [InlineData("""{"includedNamespaceScopedResources":["pods","pvc"]}""", true, true, true)]
    [InlineData("""{"includedNamespaces":["shop"],"excludedClusterScopedResources":["pv"]}""", true, true, false)]
    [InlineData("""{"includedNamespaces":["shop"],"includeClusterResources":false}""", true, false, false)]
    [InlineData("""{"includedNamespaces":["shop"],"includeClusterResources":true}""", true, true, true)]
    public async Task What_is_taken_along_passes_the_filters_of_types_by_Veleros_rules(string spec, bool hasClaim, bool hasClass, bool hasVolume)
    {
        await using var fixture = await StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = BackupSpecs.Parse(spec) });
        var items = fixture.StoredItems("b1").ToList();
        items.ShouldContain("pods/shop/web");
        items.Contains("persistentvolumeclaims/shop/data").ShouldBe(hasClaim);

        // The old filters leave to what others take along only types that are not left out by a list.
        items.Contains("priorityclasses.scheduling.k8s.io/high").ShouldBe(hasClass && spec != """{"includedResources":["pods"]}""");
        items.Contains("persistentvolumes/pv-1").ShouldBe(hasVolume);
    }

    [Fact]
    public async Task An_annotation_makes_what_is_taken_along_pass_all_filters_and_another_leaves_the_item_out()
    {
        await using var fixture = await StartAsync();
        fixture.Seed(
            Pod.Replace("\"labels\"", "\"annotations\":{\"backup.velero.io/must-include-additional-items\":\"true\"},\"labels\"", StringComparison.Ordinal).Replace("\"web\",\"namespace", "\"keen\",\"namespace", StringComparison.Ordinal),
            Pod.Replace("\"labels\"", "\"annotations\":{\"velero.io/skip-from-backup\":\"\"},\"labels\"", StringComparison.Ordinal).Replace("\"web\",\"namespace", "\"shy\",\"namespace", StringComparison.Ordinal));
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaceScopedResources = ["pods"] } });
        var items = fixture.StoredItems("b1").ToList();
        items.ShouldContain("persistentvolumeclaims/shop/data");
        items.ShouldNotContain("pods/shop/shy");
    }

    [Fact]
    public async Task A_companion_that_is_excluded_by_its_label_is_left_out_and_one_that_is_not_there_is_a_warning()
    {
        await using var fixture = await StartAsync();
        fixture.Seed(
            """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"hidden","namespace":"shop","labels":{"velero.io/exclude-from-backup":"true"}},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""",
            """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"other","namespace":"shop"},"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"d","persistentVolumeClaim":{"claimName":"hidden"}},{"name":"e","persistentVolumeClaim":{"claimName":"gone"}}]}}""");
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        fixture.StoredItems("b1").ShouldNotContain("persistentvolumeclaims/shop/hidden");
        outcome.Results.Warnings.Namespaces["shop"].Where(message => message.Contains("gone", StringComparison.Ordinal)).ShouldHaveSingleItem();
        outcome.Document.Status.Phase.ShouldBe("Completed");
    }

    [Fact]
    public async Task A_service_account_takes_the_cluster_role_bindings_that_name_it_and_their_roles_along()
    {
        await using var fixture = await StartAsync();
        fixture.Seed(
            """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"robot","namespace":"shop"}}""",
            """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"reader"},"rules":[]}""",
            """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"writer"},"rules":[]}""",
            Binding("robot-reads", "reader", "ServiceAccount", "shop", "robot"),
            Binding("robot-reads-again", "reader", "ServiceAccount", "shop", "robot"),
            Binding("elsewhere", "writer", "ServiceAccount", "default", "robot"),
            Binding("a-user", "writer", "User", "shop", "robot"));
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });
        fixture.StoredItems("b1").Where(item => item.Contains(".rbac.", StringComparison.Ordinal)).ShouldBe(
            [
                "clusterrolebindings.rbac.authorization.k8s.io/robot-reads",
                "clusterrolebindings.rbac.authorization.k8s.io/robot-reads-again",
                "clusterroles.rbac.authorization.k8s.io/reader",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_bound_claim_loses_what_would_bind_it_to_the_past()
    {
        await using var fixture = await StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });
        var claim = JsonNode.Parse(fixture.StoredArchive("b1")["resources/persistentvolumeclaims/namespaces/shop/data.json"])!;
        claim["status"]!["phase"]!.GetValue<string>().ShouldBe("Bound");
        claim["spec"]!.AsObject().Select(field => field.Key).ShouldNotContain(name => name == "dataSource" || name == "dataSourceRef" || name == "selector");
        claim["metadata"]!["labels"]!.AsObject().Select(label => label.Key).ShouldBe(["app"]);
        claim["spec"]!["volumeName"]!.GetValue<string>().ShouldBe("pv-1");
    }

    [Fact]
    public async Task A_claim_of_the_empty_class_keeps_its_selector_without_labels_of_Veleros_and_one_that_is_not_bound_stays_as_it_is()
    {
        await using var fixture = await StartAsync();
        const string Spec = """
            "accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}},"selector":{"matchLabels":{"zone":"a","velero.io/x":"y"}}
            """;
        fixture.Seed(
            """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-2"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/y"}}}""",
            $$$"""{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"static","namespace":"shop"},"spec":{"storageClassName":"","volumeName":"pv-2",{{{Spec}}}},"status":{"phase":"Bound"}}""",
            $$$"""{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"waiting","namespace":"shop"},"spec":{"storageClassName":"none",{{{Spec}}}},"status":{"phase":"Pending"}}""");
        await fixture.Cluster.SettleAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });
        var archive = fixture.StoredArchive("b1");
        JsonNode.Parse(archive["resources/persistentvolumeclaims/namespaces/shop/static.json"])!["spec"]!["selector"]!.ToJsonString().ShouldBe("""{"matchLabels":{"zone":"a"}}""");
        JsonNode.Parse(archive["resources/persistentvolumeclaims/namespaces/shop/waiting.json"])!["spec"]!["selector"]!.ToJsonString().ShouldBe("""{"matchLabels":{"zone":"a","velero.io/x":"y"}}""");
    }

    [Fact]
    public async Task The_volume_list_says_of_each_volume_that_its_data_was_skipped()
    {
        await using var fixture = await StartAsync();
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });
        var info = JsonNode.Parse(fixture.StoredText(new BackupKeys("b1").VolumeInfo))!.AsArray().ShouldHaveSingleItem()!;
        info["pvName"]!.GetValue<string>().ShouldBe("pv-1");
        info["pvcName"]!.GetValue<string>().ShouldBe("data");
        info["pvcNamespace"]!.GetValue<string>().ShouldBe("shop");
        info["skipped"]!.GetValue<bool>().ShouldBeTrue();
        info["skippedReason"]!.GetValue<string>().ShouldContain("data");
        info["pvInfo"]!.ToJsonString().ShouldBe("""{"reclaimPolicy":"Retain","labels":{"zone":"a"}}""");
        info.AsObject().ContainsKey("backupMethod").ShouldBeFalse();
    }

    private static string Binding(string name, string role, string kind, string ns, string account) => $$"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"{{name}}"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"{{role}}"},"subjects":[{"kind":"{{kind}}","name":"{{account}}","namespace":"{{ns}}"}]}
        """;

    private static async Task<BackupFixture> StartAsync()
    {
        var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed(
            """{"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"high"},"value":1000}""",
            Volume,
            """
            {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop",
             "labels":{"app":"db","velero.io/restore-name":"r","velero.io/backup-name":"older","velero.io/volume-snapshot-name":"s","backup.velero.io/must-include-additional-items":"true"}},
             "spec":{"volumeName":"pv-1","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}},"selector":{"matchLabels":{"zone":"a"}},
             "dataSource":{"kind":"VolumeSnapshot","name":"old"},"dataSourceRef":{"kind":"VolumeSnapshot","name":"old"}},"status":{"phase":"Bound"}}
            """,
            Pod);
        await fixture.Cluster.SettleAsync();
        return fixture;
    }
}
