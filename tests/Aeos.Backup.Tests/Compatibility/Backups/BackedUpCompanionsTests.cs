using System.Text.Json.Nodes;
using Aeos.Backup.Tests.Backups;

namespace Aeos.Backup.Tests.Compatibility.Backups;

/// <summary>What follows from a pod, a claim and a service account: Velero 1.18, pkg/util/actionhelpers and itemInclusionChecks in pkg/backup/item_backupper.go.</summary>
public class BackedUpCompanionsTests
{
    private const string Labelled = """{"labelSelector":{"matchLabels":{"app":"shop"}}}""";

    private static readonly string[] Shop =
    [
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","labels":{"app":"shop"}},"spec":{"priorityClassName":"fast","priority":9,"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"data"}}]}}""",
        """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop",
         "labels":{"velero.io/restore-name":"r","velero.io/backup-name":"earlier","velero.io/volume-snapshot-name":"s","mine":"m"}},
         "spec":{"volumeName":"pv-1","storageClassName":"slow","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}},
         "selector":{"matchLabels":{"a":"b"}},"dataSource":{"kind":"VolumeSnapshot","name":"s","apiGroup":"snapshot.storage.k8s.io"},
         "dataSourceRef":{"kind":"VolumeSnapshot","name":"s","apiGroup":"snapshot.storage.k8s.io"}},"status":{"phase":"Bound"}}
        """,
        """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},"claimRef":{"namespace":"shop","name":"data"}},"status":{"phase":"Bound"}}""",
        """{"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"fast"},"value":9}""",
        """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"clerk","namespace":"shop","labels":{"app":"shop"}}}""",
        """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"sell"},"rules":[]}""",
        """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"clerks"},"subjects":[{"kind":"ServiceAccount","namespace":"shop","name":"clerk"}],"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"sell"}}""",
        """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"buy"},"rules":[]}""",
        """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"others"},"subjects":[{"kind":"ServiceAccount","namespace":"office","name":"clerk"},{"kind":"User","name":"system:serviceaccount:shop:clerk"}],"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"buy"}}""",
    ];

    [Fact]
    public async Task A_pods_claim_volume_and_priority_class_come_along_whatever_their_labels()
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse(Labelled));

        backup.Of("pods").ShouldBe(["shop/web"]);
        backup.Of("persistentvolumeclaims").ShouldBe(["shop/data"]);
        backup.Of("persistentvolumes").ShouldBe(["pv-1"]);
        backup.Of("priorityclasses.scheduling.k8s.io").ShouldBe(["fast"]);
    }

    [Fact]
    public async Task An_accounts_cluster_role_bindings_and_roles_come_along()
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse("""{"includedNamespaces":["shop"],"labelSelector":{"matchLabels":{"app":"shop"}}}"""));

        backup.Of("serviceaccounts").ShouldBe(["shop/clerk"]);
        backup.Of("clusterrolebindings.rbac.authorization.k8s.io").ShouldBe(["clerks"]);
        backup.Of("clusterroles.rbac.authorization.k8s.io").ShouldBe(["sell"]);
    }

    [Theory]
    [InlineData("""{"includedNamespaces":["shop"]}""", true)]
    [InlineData("""{"includedNamespaces":["shop"],"includedResources":["pods","pvc"]}""", false)]
    [InlineData("""{"includedNamespaces":["shop"],"includedResources":["pods","pvc","pv"]}""", true)]
    [InlineData("""{"includedNamespaces":["shop"],"includedResources":["pods","pvc"],"includeClusterResources":true}""", true)]
    [InlineData("""{"includedNamespaces":["shop"],"excludedResources":["pv"]}""", false)]
    [InlineData("""{"includedNamespaces":["shop"],"includeClusterResources":false}""", false)]
    [InlineData("""{"includedNamespaces":["shop"],"includedNamespaceScopedResources":["pods","pvc"]}""", true)]
    [InlineData("""{"includedNamespaces":["shop"],"excludedClusterScopedResources":["persistentvolumes"]}""", false)]
    public async Task A_volume_comes_along_with_its_claim_unless_the_filters_say_otherwise(string spec, bool comes)
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse(spec));

        backup.Of("persistentvolumeclaims").ShouldBe(["shop/data"]);
        backup.Of("persistentvolumes").Any().ShouldBe(comes);
    }

    [Theory]
    [InlineData("""{"includedNamespaces":["shop"],"includedResources":["pods"]}""")]
    [InlineData("""{"includedNamespaces":["shop"],"excludedResources":["pvc"]}""")]
    [InlineData("""{"includedNamespaces":["shop"],"excludedNamespaceScopedResources":["pvc"]}""")]
    public async Task A_pods_claim_must_be_of_a_type_that_is_in(string spec)
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse(spec));

        backup.Of("pods").ShouldBe(["shop/web"]);
        backup.Of("persistentvolumeclaims").ShouldBeEmpty();
        backup.Of("persistentvolumes").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_labelled_to_stay_out_does_not_come_along()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed(
            """{"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"fast","labels":{"velero.io/exclude-from-backup":"true"}},"value":9}""",
            Shop[0]);

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse("""{"includedNamespaces":["shop"]}"""));

        backup.Of("pods").ShouldBe(["shop/web"]);
        backup.Of("priorityclasses.scheduling.k8s.io").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_a_warning()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed(Shop[0].Replace("""priorityClassName":"fast","priority":9,""", """x":1,""", StringComparison.Ordinal));

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse("""{"includedNamespaces":["shop"]}"""));

        backup.Of("pods").ShouldBe(["shop/web"]);
        backup.Results["warnings"]!.ToJsonString().ShouldContain("shop/data");
        ((string?)backup.Document["status"]!["phase"]).ShouldBe("Completed");
    }

    [Fact]
    public async Task A_bound_claim_loses_what_earlier_restores_and_snapshots_left_on_it()
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse("""{"includedNamespaces":["shop"]}"""));

        var claim = JsonNode.Parse(backup.Entries["resources/persistentvolumeclaims/namespaces/shop/data.json"])!;
        claim["spec"]!.AsObject().ContainsKey("dataSource").ShouldBeFalse();
        claim["spec"]!.AsObject().ContainsKey("dataSourceRef").ShouldBeFalse();
        claim["spec"]!.AsObject().ContainsKey("selector").ShouldBeFalse();
        claim["metadata"]!["labels"]!.ToJsonString().ShouldBe("""{"mine":"m"}""");
        ((string?)claim["spec"]!["volumeName"]).ShouldBe("pv-1");
        backup.Entries["resources/persistentvolumeclaims/v1-preferredversion/namespaces/shop/data.json"].ShouldBe(backup.Entries["resources/persistentvolumeclaims/namespaces/shop/data.json"]);
    }

    [Fact]
    public async Task A_claim_without_class_keeps_its_selector_but_for_Veleros_labels()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed(
            Shop[2],
            Shop[1].Replace("\"slow\"", "\"\"", StringComparison.Ordinal).Replace("""{"a":"b"}""", """{"a":"b","velero.io/x":"y"}""", StringComparison.Ordinal));

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse("""{"includedNamespaces":["shop"]}"""));

        JsonNode.Parse(backup.Entries["resources/persistentvolumeclaims/namespaces/shop/data.json"])!["spec"]!["selector"]!.ToJsonString()
            .ShouldBe("""{"matchLabels":{"a":"b"}}""");
    }

    [Fact]
    public async Task A_claim_that_is_not_bound_stays_as_it_is()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        var pending = JsonNode.Parse(Shop[1])!;
        pending["spec"]!.AsObject().Remove("volumeName");
        pending["spec"]!["storageClassName"] = "none";
        pending["status"] = new JsonObject { ["phase"] = "Pending" };
        fixture.Seed(pending.ToJsonString());

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse("""{"includedNamespaces":["shop"]}"""));

        var stored = JsonNode.Parse(backup.Entries["resources/persistentvolumeclaims/namespaces/shop/data.json"])!;
        JsonNode.DeepEquals(stored, fixture.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data")).ShouldBeTrue();
    }

    private static async Task<BackupFixture> ShopAsync()
    {
        var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed([.. Shop.Reverse()]);
        await fixture.Cluster.SettleAsync();
        return fixture;
    }
}
