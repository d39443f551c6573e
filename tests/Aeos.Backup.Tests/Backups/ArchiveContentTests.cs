using System.Text;
using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Backup.Filters;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

public class ArchiveContentTests
{
    private const string Shop = "resources/secrets/namespaces/shop/";

    [Fact]
    public async Task A_namespace_is_in_the_archive_with_its_objects_twice_as_the_server_sent_them()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedNamespace("other");
        fixture.SeedSecret("shop", "a", "k", "value"u8.ToArray());
        fixture.SeedSecret("other", "b", "k", "value"u8.ToArray());
        await fixture.Cluster.SettleAsync();

        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });

        outcome.Results.Errors.Count.ShouldBe(0);
        var entries = fixture.StoredArchive("b1");
        entries["metadata/version"].ShouldBe("1.1.0\n");
        entries.Keys.ShouldContain($"{Shop}a.json");
        entries["resources/secrets/v1-preferredversion/namespaces/shop/a.json"].ShouldBe(entries[$"{Shop}a.json"]);
        entries.Keys.ShouldContain("resources/namespaces/cluster/shop.json");
        entries.Keys.ShouldNotContain(key => key.Contains("other", StringComparison.Ordinal));
        entries.Keys.ShouldNotContain(key => key.Contains("/nodes/", StringComparison.Ordinal));
        var stored = JsonNode.Parse(entries[$"{Shop}a.json"])!;
        JsonNode.DeepEquals(stored, fixture.Cluster.Find("v1", "Secret", "shop", "a")).ShouldBeTrue();
        stored["kind"]!.GetValue<string>().ShouldBe("Secret");
    }

    [Fact]
    public async Task A_whole_cluster_has_its_cluster_resources_and_names_that_are_long()
    {
        await using var fixture = await BackupFixture.StartAsync();
        var longName = string.Join('.', Enumerable.Repeat("a-long-label-of-a-name", 8));
        fixture.SeedNamespace("shop");
        fixture.SeedSecret("shop", longName, "k", "v"u8.ToArray());
        await fixture.BackUpAsync(new BackupRequest { Name = "all" });
        var entries = fixture.StoredArchive("all");
        entries.Keys.ShouldContain("resources/nodes/cluster/embedded.json");
        entries.Keys.ShouldContain($"resources/secrets/v1-preferredversion/namespaces/shop/{longName}.json");
    }

    [Fact]
    public async Task Pages_of_one_object_each_bring_the_same_as_one_page()
    {
        await using var fixture = await BackupFixture.StartAsync(pageSize: 1);
        fixture.SeedNamespace("shop");
        foreach (var i in Enumerable.Range(0, 25))
        {
            fixture.SeedSecret("shop", $"s{i:00}", "k", "v"u8.ToArray());
        }

        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedResources = ["secrets"] } });
        fixture.StoredArchive("b1").Keys.Count(key => key.StartsWith(Shop, StringComparison.Ordinal)).ShouldBe(25);
    }

    [Fact]
    public async Task Labels_types_and_exclusions_narrow_a_backup()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedSecret("shop", "wanted", "k", "v"u8.ToArray(), """{"app":"x"}""");
        fixture.SeedSecret("shop", "both", "k", "v"u8.ToArray(), """{"app":"x","tier":"y"}""");
        fixture.SeedSecret("shop", "unlabelled", "k", "v"u8.ToArray());
        fixture.SeedSecret("shop", "excluded", "k", "v"u8.ToArray(), """{"app":"x","velero.io/exclude-from-backup":"true"}""");
        fixture.Seed("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"map","namespace":"shop","labels":{"app":"x"}}}""");
        var spec = new BackupSpec
        {
            IncludedNamespaces = ["sh*"],
            ExcludedResources = ["cm"],
            OrLabelSelectors = [Selector.Parse("app=x").Resource, Selector.Parse("tier in (y)").Resource],
        };
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = spec });
        var entries = fixture.StoredArchive("b1").Keys;
        entries.Where(key => key.StartsWith("resources/secrets/namespaces", StringComparison.Ordinal)).ShouldBe([$"{Shop}wanted.json", $"{Shop}both.json"], ignoreOrder: true);
        entries.ShouldNotContain(key => key.Contains("configmaps", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_going_away_is_left_out()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedNamespace("leaving");
        fixture.Seed("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","namespace":"shop","finalizers":["example.com/hold"]}}""");
        fixture.SeedSecret("leaving", "s", "k", "v"u8.ToArray());
        using var hold = fixture.Cluster.HoldNamespaces();
        var maps = Kubernetes.Requests.WellKnownResources.ConfigMaps;
        await fixture.Client.DeleteAsync(maps, "shop", "held");
        await fixture.Client.DeleteAsync(Kubernetes.Requests.WellKnownResources.Namespaces, null, "leaving");
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        var entries = fixture.StoredArchive("b1").Keys;
        entries.ShouldContain("resources/namespaces/cluster/shop.json");
        entries.ShouldNotContain(key => key.EndsWith("/leaving.json", StringComparison.Ordinal) || key.EndsWith("/held.json", StringComparison.Ordinal));

        // As with Velero, what is in a namespace that is going away is taken as long as it is not going away itself.
        entries.ShouldContain("resources/secrets/namespaces/leaving/s.json");
        outcome.Results.Errors.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Claims_take_their_volumes_along_and_the_results_say_that_the_data_is_missing()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed(
            """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"}}}""",
            """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop"},"spec":{"volumeName":"pv-1","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""");
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });
        fixture.StoredArchive("b1").Keys.ShouldContain("resources/persistentvolumes/cluster/pv-1.json");
        outcome.Document.Status.Phase.ShouldBe("Completed");
        OperationResults.Parse(Encoding.UTF8.GetBytes(fixture.StoredText(new BackupKeys("b1").Results)), "results")
            .Warnings.Namespaces["shop"].ShouldHaveSingleItem().ShouldContain("persistentvolumeclaims/data");
    }

    [Fact]
    public async Task Custom_resources_take_their_definition_along()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed("""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """);
        await fixture.Cluster.SettleAsync();
        fixture.Seed("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"shop"},"spec":{"size":1}}""");
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });
        var entries = fixture.StoredArchive("b1").Keys;
        entries.ShouldContain("resources/widgets.example.com/v1-preferredversion/namespaces/shop/w.json");

        // As with Velero: without --include-cluster-resources a list of types or namespaces leaves cluster-scoped types out, but not these.
        entries.ShouldContain("resources/customresourcedefinitions.apiextensions.k8s.io/cluster/widgets.example.com.json");
        entries.Count(key => key.StartsWith("resources/customresourcedefinitions", StringComparison.Ordinal)).ShouldBe(2);
    }
}
