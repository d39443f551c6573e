using Aeos.Backup.Tests.Backups;

namespace Aeos.Backup.Tests.Compatibility.Backups;

/// <summary>The four scoped filters, and namespaces and objects that stay out: Velero 1.18, ScopeIncludesExcludes in pkg/util/collections/includes_excludes.go.</summary>
public class ScopedFiltersTests
{
    [Theory]
    [InlineData("""{"includedNamespaceScopedResources":["secrets"]}""", true, false, false)]
    [InlineData("""{"excludedNamespaceScopedResources":["configmaps"]}""", true, false, false)]
    [InlineData("""{"excludedNamespaceScopedResources":["*"]}""", false, false, false)]
    [InlineData("""{"includedClusterScopedResources":["nodes"]}""", true, true, true)]
    [InlineData("""{"includedClusterScopedResources":["*"]}""", true, true, true)]
    [InlineData("""{"excludedClusterScopedResources":["storageclasses"]}""", true, true, false)]
    [InlineData("""{"excludedClusterScopedResources":["*"]}""", true, true, false)]
    [InlineData("""{"includedNamespaceScopedResources":["secrets","nodes"]}""", true, false, false)]
    [InlineData("""{"includedNamespaces":["shop"],"includedClusterScopedResources":["nodes"]}""", true, true, true)]
    [InlineData("""{"includedNamespaces":["shop"]}""", true, true, false)]
    [InlineData("{}", true, true, true)]
    public async Task Each_filter_is_for_types_of_its_scope(string spec, bool secrets, bool maps, bool nodes)
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse(spec));

        backup.Of("secrets").Contains("shop/password").ShouldBe(secrets);
        backup.Of("configmaps").Contains("shop/settings").ShouldBe(maps);
        backup.Of("nodes").Any().ShouldBe(nodes);
    }

    [Theory]
    [InlineData("""{"includedNamespaceScopedResources":["secrets"]}""", true)]
    [InlineData("""{"includedClusterScopedResources":["nodes"]}""", true)]
    [InlineData("""{"excludedClusterScopedResources":["namespaces"]}""", false)]
    [InlineData("""{"excludedClusterScopedResources":["*"]}""", false)]
    public async Task Namespaces_are_taken_unless_they_are_excluded(string spec, bool taken)
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse(spec));

        backup.Of("namespaces").Contains("shop").ShouldBe(taken);
    }

    [Fact]
    public async Task A_namespace_that_is_labelled_to_stay_out_stays_out_with_all_that_is_in_it()
    {
        await using var fixture = await ShopAsync();
        fixture.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"private","labels":{"velero.io/exclude-from-backup":"true"}},"status":{"phase":"Active"}}""");
        fixture.SeedSecret("private", "password", "k", "v"u8.ToArray());

        var backup = await BackupView.TakeAsync(fixture);

        backup.Items.ShouldNotContain(static item => item.Contains("private", StringComparison.Ordinal));
        backup.Of("secrets").ShouldContain("shop/password");
        backup.Of("nodes").ShouldBeEmpty();
        backup.Document["spec"]!["excludedNamespaces"]!.ToJsonString().ShouldContain("private");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"includedResources":["volumesnapshots.snapshot.storage.k8s.io","secrets"]}""")]
    [InlineData("""{"includedNamespaceScopedResources":["volumesnapshots.snapshot.storage.k8s.io","secrets"]}""")]
    public async Task Snapshots_are_never_taken(string spec)
    {
        await using var fixture = await ShopAsync();
        fixture.Seed("""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"volumesnapshots.snapshot.storage.k8s.io"},
             "spec":{"group":"snapshot.storage.k8s.io","scope":"Namespaced","names":{"plural":"volumesnapshots","singular":"volumesnapshot","kind":"VolumeSnapshot","listKind":"VolumeSnapshotList"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """);
        await fixture.Cluster.SettleAsync();
        fixture.Seed("""{"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshot","metadata":{"name":"s","namespace":"shop"},"spec":{}}""");

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse(spec));

        backup.Of("volumesnapshots.snapshot.storage.k8s.io").ShouldBeEmpty();
        backup.Of("secrets").ShouldContain("shop/password");
    }

    [Theory]
    [InlineData("""{"includedResources":["volumesnapshots.snapshot.storage.k8s.io"]}""")]
    [InlineData("""{"includedResources":["volumesnapshotcontents.snapshot.storage.k8s.io"]}""")]
    public async Task Where_only_snapshots_are_named_nothing_is_taken(string spec)
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse(spec));

        backup.Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sh*", true)]
    [InlineData("sh?p", true)]
    [InlineData("[st]hop", true)]
    [InlineData("zz*", false)]
    public async Task Patterns_choose_among_the_namespaces_that_are_there(string pattern, bool found)
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse($$"""{"includedNamespaces":["{{pattern}}"]}"""));

        backup.Of("secrets").ShouldBe(found ? ["shop/password"] : []);
        backup.Of("namespaces").ShouldBe(found ? ["shop"] : []);
        backup.Messages("errors", "velero").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pattern_excludes_as_well()
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, BackupSpecs.Parse("""{"excludedNamespaces":["sh*"]}"""));

        backup.Of("secrets").ShouldNotContain("shop/password");
        backup.Of("namespaces").ShouldContain("default");
    }

    [Fact]
    public async Task Ordered_resources_come_first_in_their_order_and_one_that_is_missing_is_a_warning()
    {
        await using var fixture = await ShopAsync();
        foreach (var name in (string[])["a", "b", "c"])
        {
            fixture.SeedSecret("shop", name, "k", "v"u8.ToArray());
        }

        var backup = await BackupView.TakeAsync(
            fixture, BackupSpecs.Parse("""{"includedNamespaces":["shop"],"orderedResources":{"secrets":"shop/c,shop/gone,shop/b","persistentvolumes":"x"}}"""));

        backup.Of("secrets").Take(2).ShouldBe(["shop/c", "shop/b"]);
        backup.Of("secrets").Count().ShouldBe(4);
        backup.Results["warnings"]!.ToJsonString().ShouldContain("shop/gone");
        ((string?)backup.Document["status"]!["phase"]).ShouldBe("Completed");
    }

    [Fact]
    public async Task Namespaces_of_Argo_CDs_are_one_warning()
    {
        await using var fixture = await ShopAsync();
        fixture.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"gitops","labels":{"argocd.argoproj.io/managed-by":"argo"}},"status":{"phase":"Active"}}""");

        var backup = await BackupView.TakeAsync(fixture);

        backup.Messages("warnings", "velero").ShouldHaveSingleItem().ShouldContain("gitops");
    }

    private static async Task<BackupFixture> ShopAsync()
    {
        var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedSecret("shop", "password", "k", "v"u8.ToArray());
        fixture.Seed("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"}}""");
        return fixture;
    }
}
