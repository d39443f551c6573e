using Aeos.Backup.Backups;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

/// <summary>Which types the filters leave in the archive.</summary>
public class TypeFilterTests
{
    private const string Node = "nodes/embedded";
    private const string Class = "storageclasses.storage.k8s.io/fast";
    private const string Namespace = "namespaces/shop";
    private const string Secret = "secrets/shop/s";
    private const string Map = "configmaps/shop/m";

    [Fact]
    public async Task Without_filters_everything_is_in()
        => (await ItemsAsync(new BackupSpec())).ShouldBe([Node, Class, Namespace, Secret, Map], ignoreOrder: true);

    [Fact]
    public async Task Types_with_namespaces_can_be_named_and_then_nothing_without_comes_by_itself()
    {
        (await ItemsAsync(new BackupSpec { IncludedNamespaceScopedResources = ["secrets"] })).ShouldBe([Namespace, Secret], ignoreOrder: true);
        (await ItemsAsync(new BackupSpec { ExcludedNamespaceScopedResources = ["cm"] })).ShouldBe([Namespace, Secret], ignoreOrder: true);
        (await ItemsAsync(new BackupSpec { ExcludedNamespaceScopedResources = ["*"] })).ShouldBe([Namespace], ignoreOrder: true);
    }

    [Fact]
    public async Task Types_without_namespaces_can_be_named()
    {
        (await ItemsAsync(new BackupSpec { IncludedClusterScopedResources = ["nodes"] })).ShouldBe([Node, Namespace, Secret, Map], ignoreOrder: true);
        (await ItemsAsync(new BackupSpec { IncludedClusterScopedResources = ["*"] })).ShouldBe([Node, Class, Namespace, Secret, Map], ignoreOrder: true);
        (await ItemsAsync(new BackupSpec { IncludedClusterScopedResources = ["*"], ExcludedClusterScopedResources = ["sc"] })).ShouldBe([Node, Namespace, Secret, Map], ignoreOrder: true);
        (await ItemsAsync(new BackupSpec { ExcludedClusterScopedResources = ["namespaces"] })).ShouldBe([Secret, Map], ignoreOrder: true);
        (await ItemsAsync(new BackupSpec { ExcludedClusterScopedResources = ["*"] })).ShouldBe([Secret, Map], ignoreOrder: true);
    }

    [Fact]
    public async Task A_type_of_the_other_scope_is_passed_over()
    {
        (await ItemsAsync(new BackupSpec { IncludedClusterScopedResources = ["secrets", "nodes"] })).ShouldBe([Node, Namespace, Secret, Map], ignoreOrder: true);
        (await ItemsAsync(new BackupSpec { ExcludedNamespaceScopedResources = ["nodes"] })).ShouldBe([Node, Class, Namespace, Secret, Map], ignoreOrder: true);
    }

    [Fact]
    public async Task In_some_namespaces_only_nothing_without_namespace_comes_by_itself_but_the_Namespace()
        => (await ItemsAsync(new BackupSpec { IncludedNamespaces = ["shop"] })).ShouldBe([Namespace, Secret, Map], ignoreOrder: true);

    [Theory]
    [InlineData("includedNamespaceScopedResources: [secrets]", new[] { Namespace, Secret })]
    [InlineData("excludedNamespaceScopedResources: [secrets]", new[] { Namespace, Map })]
    [InlineData("includedClusterScopedResources: [nodes]", new[] { Node, Namespace, Secret, Map })]
    [InlineData("excludedClusterScopedResources: [nodes, namespaces]", new[] { Secret, Map })]
    public async Task A_policy_adds_types_where_the_spec_says_nothing(string policy, string[] items)
        => (await ItemsAsync(new BackupSpec { ResourcePolicy = new ResourceReference { Kind = "ConfigMap", Name = "policy" } }, policy)).ShouldBe(items, ignoreOrder: true);

    [Fact]
    public async Task What_the_spec_names_a_policy_does_not_change()
    {
        var spec = new BackupSpec { IncludedNamespaceScopedResources = ["secrets"], ResourcePolicy = new ResourceReference { Kind = "ConfigMap", Name = "policy" } };
        (await ItemsAsync(spec, "excludedNamespaceScopedResources: [secrets]")).ShouldBe([Namespace, Secret], ignoreOrder: true);
    }

    [Fact]
    public async Task Volume_policies_are_taken_and_the_results_say_that_nothing_is_done_by_them()
    {
        await using var fixture = await StartAsync("volumePolicies:\n- conditions: {capacity: '0,10Gi'}\n  action: {type: skip}");
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { ResourcePolicy = new ResourceReference { Kind = "ConfigMap", Name = "policy" } } });
        outcome.Results.Warnings.Velero.ShouldContain(message => message.Contains("volume policies", StringComparison.Ordinal));
        outcome.Document.Status.Phase.ShouldBe("Completed");
    }

    [Fact]
    public async Task Namespaces_are_chosen_by_patterns()
    {
        (await ItemsAsync(new BackupSpec { IncludedNamespaces = ["s[gh]op*"] })).ShouldBe([Namespace, Secret, Map], ignoreOrder: true);
        (await ItemsAsync(new BackupSpec { IncludedNamespaces = ["nothing-*"] })).ShouldBeEmpty();
        (await ItemsAsync(new BackupSpec { IncludedNamespaces = ["sho?"], ExcludedNamespaces = ["*op"] })).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_namespace_with_the_exclude_label_is_out_with_all_that_is_in_it()
    {
        await using var fixture = await StartAsync();
        fixture.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"scratch","labels":{"velero.io/exclude-from-backup":"true"}},"status":{"phase":"Active"}}""");
        fixture.SeedSecret("scratch", "s", "k", "v"u8.ToArray());
        await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        fixture.StoredArchive("b1").Keys.ShouldNotContain(key => key.Contains("scratch", StringComparison.Ordinal));
        BackupDocument.Parse(fixture.Stored(new BackupKeys("b1").Document), "document").Spec.ExcludedNamespaces.ShouldBe(["scratch"]);
    }

    [Fact]
    public async Task Namespaces_of_Argo_CD_are_warned_of_once()
    {
        await using var fixture = await StartAsync();
        fixture.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"argo","labels":{"argocd.argoproj.io/managed-by":"me"}},"status":{"phase":"Active"}}""");
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        outcome.Results.Warnings.Velero.ShouldHaveSingleItem().ShouldContain("argo");
    }

    [Fact]
    public async Task A_type_that_is_asked_for_and_not_served_is_warned_of()
    {
        await using var fixture = await StartAsync();
        var spec = new BackupSpec { IncludedResources = ["secrets", "cm", "configmpas", "no*"] };
        var outcome = await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = spec });
        outcome.Results.Warnings.Velero.ShouldHaveSingleItem().ShouldContain("\"configmpas\"");
        outcome.Document.Status.Phase.ShouldBe("Completed");
    }

    private static async Task<string[]> ItemsAsync(BackupSpec spec, string? policy = null)
    {
        await using var fixture = await StartAsync(policy);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = spec });
        string[] known = [Node, Class, Namespace, Secret, Map];
        return [.. fixture.StoredItems("b1").Intersect(known)];
    }

    private static async Task<BackupFixture> StartAsync(string? policy = null)
    {
        var fixture = await BackupFixture.StartAsync();
        fixture.SeedNamespace("velero");
        fixture.SeedNamespace("shop");
        fixture.SeedSecret("shop", "s", "k", "v"u8.ToArray());
        fixture.Seed(
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"shop"}}""",
            """{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"fast"},"provisioner":"example.com/fast"}""");
        if (policy is not null)
        {
            var yaml = policy.StartsWith("volumePolicies", StringComparison.Ordinal) ? $"version: v1\n{policy}" : $"version: v1\nincludeExcludePolicy:\n  {policy}";
            fixture.Seed($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"policy","namespace":"velero"},"data":{"policy":{{System.Text.Json.JsonSerializer.Serialize(yaml)}} } }""");
        }

        return fixture;
    }
}
