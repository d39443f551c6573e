using Aeos.Backup.Tests.Backups;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Backups;

/// <summary>Which Namespaces a backup has: Velero 1.18, nsTracker in pkg/backup/item_collector.go.</summary>
public class BackedUpNamespacesTests
{
    private static LabelSelector App => new() { MatchLabels = new Dictionary<string, string> { ["app"] = "shop" } };

    [Fact]
    public async Task Excludes_without_includes_leave_all_others()
    {
        await using var fixture = await CityAsync();

        var backup = await BackupView.TakeAsync(fixture, new BackupSpec { ExcludedNamespaces = ["office"] });

        backup.Of("namespaces").ShouldContain("shop");
        backup.Of("namespaces").ShouldNotContain("office");
        backup.Of("secrets").ShouldBe(["shop/password"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_selector_over_all_namespaces_takes_Namespaces_with_its_labels_and_those_that_hold_something(bool several)
    {
        await using var fixture = await CityAsync();

        var backup = await BackupView.TakeAsync(fixture, several ? new BackupSpec { OrLabelSelectors = [App] } : new BackupSpec { LabelSelector = App });

        backup.Of("namespaces").ShouldBe(["labelled", "shop"], ignoreOrder: true);
        backup.Of("secrets").ShouldBe(["shop/password"]);
    }

    [Fact]
    public async Task A_Namespace_that_is_named_is_taken_though_a_selector_finds_nothing_in_it()
    {
        await using var fixture = await CityAsync();

        var backup = await BackupView.TakeAsync(fixture, new BackupSpec { IncludedNamespaces = ["office"], LabelSelector = App });

        backup.Of("namespaces").ShouldBe(["labelled", "office"], ignoreOrder: true);
        backup.Of("secrets").ShouldBeEmpty();
    }

    [Fact]
    public async Task Types_narrow_Namespaces_as_well()
    {
        await using var fixture = await CityAsync();

        var backup = await BackupView.TakeAsync(fixture, new BackupSpec { IncludedResources = ["secrets"] });

        backup.Of("namespaces").ShouldBeEmpty();
        backup.Of("secrets").ShouldBe(["office/password", "shop/password"], ignoreOrder: true);
    }

    [Fact]
    public async Task Requirements_of_a_selector_are_those_of_Kubernetes()
    {
        await using var fixture = await CityAsync();
        fixture.SeedSecret("shop", "other", "k", "v"u8.ToArray(), """{"app":"shop","tier":"b"}""");

        var backup = await BackupView.TakeAsync(fixture, new BackupSpec
        {
            LabelSelector = new LabelSelector
            {
                MatchExpressions =
                [
                    new LabelRequirement { Key = "app", Operator = "In", Values = ["shop", "none"] },
                    new LabelRequirement { Key = "tier", Operator = "NotIn", Values = ["a"] },
                    new LabelRequirement { Key = "tier", Operator = "Exists" },
                    new LabelRequirement { Key = "old", Operator = "DoesNotExist" },
                ],
            },
        });

        backup.Of("secrets").ShouldBe(["shop/other"]);
    }

    private static async Task<BackupFixture> CityAsync()
    {
        var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("shop");
        fixture.SeedNamespace("office");
        fixture.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"labelled","labels":{"app":"shop"}},"status":{"phase":"Active"}}""");
        fixture.SeedSecret("shop", "password", "k", "v"u8.ToArray(), """{"app":"shop"}""");
        fixture.SeedSecret("office", "password", "k", "v"u8.ToArray());
        return fixture;
    }
}
