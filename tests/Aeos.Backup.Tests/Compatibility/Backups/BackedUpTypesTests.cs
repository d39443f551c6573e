using Aeos.Backup.Tests.Backups;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Backups;

/// <summary>Which types a backup has: Velero 1.18, pkg/util/collections/includes_excludes.go and pkg/discovery/helper.go.</summary>
public class BackedUpTypesTests
{
    private const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop"},
         "spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """;

    private const string BackupsDefinition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"backups.velero.io"},
         "spec":{"group":"velero.io","scope":"Namespaced","names":{"plural":"backups","singular":"backup","kind":"Backup","listKind":"BackupList"},
         "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
        """;

    [Theory]
    [InlineData("deployments")]
    [InlineData("deployment")]
    [InlineData("deploy")]
    [InlineData("deployments.apps")]
    [InlineData("deployment.apps")]
    [InlineData("deploy*.apps")]
    [InlineData("*.apps")]
    public async Task A_type_goes_by_plural_singular_short_name_group_and_pattern(string name)
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, new BackupSpec { IncludedNamespaces = ["shop"], IncludedResources = [name] });

        backup.Items.ShouldBe(["deployments.apps/shop/web"]);
    }

    [Fact]
    public async Task A_type_that_nobody_knows_matches_nothing_and_is_not_taken_for_all()
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, new BackupSpec { IncludedResources = ["nonsense.example.com"] });

        backup.Entries.Keys.ShouldBe(["metadata/version"]);
    }

    [Fact]
    public async Task What_is_excluded_is_out_though_a_pattern_includes_it()
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(
            fixture, new BackupSpec { IncludedNamespaces = ["shop"], IncludedResources = ["*.apps", "secrets"], ExcludedResources = ["deploy"] });

        backup.Items.ShouldBe(["secrets/shop/password"]);
    }

    [Theory]
    [InlineData(null, null, true, true)]
    [InlineData(null, "shop", false, true)]
    [InlineData(false, null, false, false)]
    [InlineData(false, "shop", false, false)]
    [InlineData(true, "shop", true, true)]
    public async Task Types_without_namespaces_follow_includeClusterResources(bool? include, string? ns, bool hasNodes, bool hasNamespace)
    {
        await using var fixture = await ShopAsync();

        var backup = await BackupView.TakeAsync(fixture, new BackupSpec { IncludeClusterResources = include, IncludedNamespaces = ns is null ? null : [ns] });

        backup.Of("nodes").Any().ShouldBe(hasNodes);
        backup.Of("namespaces").Contains("shop").ShouldBe(hasNamespace);
        backup.Of("secrets").ShouldContain("shop/password");
    }

    [Fact]
    public async Task The_group_extensions_comes_after_all_others()
    {
        await using var fixture = await ShopAsync();
        foreach (var group in (string[])["extensions", "zoo.example.org"])
        {
            fixture.Seed($$"""
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gadgets.{{group}}"},
                 "spec":{"group":"{{group}}","scope":"Namespaced","names":{"plural":"gadgets","singular":"gadget","kind":"Gadget","listKind":"GadgetList"},
                 "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"} } }]} }
                """);
            await fixture.Cluster.SettleAsync();
            fixture.Seed($$$"""{"apiVersion":"{{{group}}}/v1","kind":"Gadget","metadata":{"name":"g","namespace":"shop"}}""");
        }

        var backup = await BackupView.TakeAsync(fixture);

        backup.Items.Where(static item => !item.StartsWith("namespaces/", StringComparison.Ordinal)).TakeLast(2)
            .ShouldBe(["gadgets.zoo.example.org/shop/g", "gadgets.extensions/shop/g"]);
    }

    [Fact]
    public async Task Types_that_cannot_be_listed_or_created_and_subresources_are_no_types_of_a_backup()
    {
        await using var fixture = await ShopAsync();
        fixture.Seed("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");

        var backup = await BackupView.TakeAsync(fixture);

        backup.Of("pods").ShouldBe(["shop/web"]);
        backup.Entries.Keys.ShouldNotContain(static key => key.Contains("accessreviews", StringComparison.Ordinal));
        backup.Items.Select(static item => item.Split('/')[0]).ShouldNotContain(static type => type.Contains("status", StringComparison.Ordinal));
        backup.Messages("errors", "velero").ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_type_in_two_versions_the_preferred_one_is_taken()
    {
        await using var fixture = await ShopAsync();
        fixture.Seed("""
            {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"web","namespace":"shop"},
             "spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}}
            """);

        var backup = await BackupView.TakeAsync(fixture);

        backup.Entries.Keys.Where(static key => key.StartsWith("resources/horizontalpodautoscalers.autoscaling/", StringComparison.Ordinal)).ShouldBe(
            [
                "resources/horizontalpodautoscalers.autoscaling/namespaces/shop/web.json",
                "resources/horizontalpodautoscalers.autoscaling/v2-preferredversion/namespaces/shop/web.json",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Events_that_two_groups_serve_are_taken_once_from_the_first()
    {
        await using var fixture = await ShopAsync();
        fixture.Seed("""{"apiVersion":"v1","kind":"Event","metadata":{"name":"it-happened","namespace":"shop"},"involvedObject":{"namespace":"shop"},"reason":"Tested"}""");

        var backup = await BackupView.TakeAsync(fixture);

        backup.Of("events").ShouldBe(["shop/it-happened"]);
        backup.Of("events.events.k8s.io").ShouldBeEmpty();
    }

    [Fact]
    public async Task Nodes_and_Veleros_own_resources_are_types_like_others()
    {
        await using var fixture = await ShopAsync();
        fixture.Seed(BackupsDefinition);
        await fixture.Cluster.SettleAsync();
        fixture.Seed("""{"apiVersion":"velero.io/v1","kind":"Backup","metadata":{"name":"earlier","namespace":"shop"},"spec":{}}""");

        var backup = await BackupView.TakeAsync(fixture);

        backup.Of("backups.velero.io").ShouldBe(["shop/earlier"]);
        backup.Of("nodes").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Definitions_that_are_excluded_do_not_come_along_with_their_resources(bool taken, int count)
    {
        await using var fixture = await ShopAsync();
        fixture.Seed(BackupsDefinition);
        await fixture.Cluster.SettleAsync();
        fixture.Seed("""{"apiVersion":"velero.io/v1","kind":"Backup","metadata":{"name":"earlier","namespace":"shop"},"spec":{}}""");

        var backup = await BackupView.TakeAsync(fixture, new BackupSpec { IncludedNamespaces = ["shop"], ExcludedResources = taken ? null : ["crd"] });

        backup.Of("backups.velero.io").ShouldBe(["shop/earlier"]);
        backup.Of("customresourcedefinitions.apiextensions.k8s.io").Count().ShouldBe(count);
    }

    private static async Task<BackupFixture> ShopAsync()
    {
        var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedSecret("shop", "password", "k", "v"u8.ToArray());
        fixture.Seed(Deployment);
        return fixture;
    }
}
