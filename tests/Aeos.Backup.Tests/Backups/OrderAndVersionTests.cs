using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

/// <summary>Items that come first, and types in several versions.</summary>
public class OrderAndVersionTests
{
    [Fact]
    public async Task Ordered_resources_come_first_in_their_order_and_once()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            fixture.SeedSecret("shop", name, "k", "v"u8.ToArray());
        }

        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = Ordered("secrets", "shop/d,shop/b") with { IncludedNamespaces = ["shop"] } });

        fixture.StoredItems("b1").Where(item => item.StartsWith("secrets/", StringComparison.Ordinal))
            .ShouldBe(["secrets/shop/d", "secrets/shop/b", "secrets/shop/a", "secrets/shop/c"]);
        JsonNode.Parse(fixture.StoredText(new BackupKeys("b1").ResourceList))!["v1/Secret"]!.AsArray().Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("secrets", "shop/none")]
    [InlineData("secrets", "none")]
    [InlineData("secrets", "default/elsewhere")]
    [InlineData("secrets", "shop/../../x")]
    [InlineData("secret", "shop/a")]
    public async Task An_ordered_resource_that_is_not_in_the_backup_is_a_warning(string type, string name)
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedSecret("shop", "a", "k", "v"u8.ToArray());
        fixture.SeedSecret("default", "elsewhere", "k", "v"u8.ToArray());

        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = Ordered(type, name) with { IncludedNamespaces = ["shop"] } });

        outcome.Results.Warnings.Velero.ShouldHaveSingleItem().ShouldContain(type == "secret" ? type : name);
        fixture.StoredItems("b1").ShouldContain("secrets/shop/a");
        fixture.StoredItems("b1").ShouldNotContain("secrets/default/elsewhere");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Versions_that_are_not_preferred_lie_under_their_own_name_when_all_are_asked_for(bool all)
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed("""{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h","namespace":"shop"},"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"}}}""");

        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", AllApiVersions = all, Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });

        const string Type = "resources/horizontalpodautoscalers.autoscaling/";
        string[] preferred = [$"{Type}namespaces/shop/h.json", $"{Type}v2-preferredversion/namespaces/shop/h.json"];
        var archive = fixture.StoredArchive("b1");
        archive.Keys.Where(key => key.StartsWith(Type, StringComparison.Ordinal)).ShouldBe(all ? [.. preferred, $"{Type}v1/namespaces/shop/h.json"] : preferred, ignoreOrder: true);
        var list = JsonNode.Parse(fixture.StoredText(new BackupKeys("b1").ResourceList))!;
        list.AsObject().ContainsKey("autoscaling/v1/HorizontalPodAutoscaler").ShouldBe(all);
        if (all)
        {
            archive[$"{Type}v1/namespaces/shop/h.json"].ShouldContain("autoscaling/v1");
        }

        outcome.Document.Status.FormatVersion.ShouldBe("1.1.0");
        archive.Keys.Where(key => key.StartsWith("resources/events", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_in_twice_with_all_versions()
    {
        await using var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.Seed("""{"apiVersion":"v1","kind":"Event","metadata":{"name":"e","namespace":"shop"},"involvedObject":{"kind":"Pod","name":"p","namespace":"shop"}}""");
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", AllApiVersions = true });
        fixture.StoredItems("b1").ShouldBeUnique();
        fixture.StoredItems("b1").Where(item => item.StartsWith("events", StringComparison.Ordinal)).ShouldBe(["events/shop/e"]);
    }

    private static BackupSpec Ordered(string type, string names) => new() { OrderedResources = new Dictionary<string, string> { [type] = names } };
}
