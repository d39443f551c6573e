using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Backups;

/// <summary>Which Namespaces a backup has.</summary>
public class BackedUpNamespaceRuleTests
{
    [Fact]
    public async Task A_selector_over_all_namespaces_takes_those_with_its_labels_and_those_that_hold_something()
    {
        await using var room = await CityAsync();
        foreach (var (name, spec) in new[] { ("one", new BackupSpec { LabelSelector = App(room) }), ("several", new BackupSpec { OrLabelSelectors = [App(room)] }) })
        {
            await room.BackUpAsync(spec, name);
            Mine(room, name).ShouldBe(["namespaces/labelled", "namespaces/shop", "secrets/shop/secret"], name);
        }
    }

    [Fact]
    public async Task One_that_is_named_is_taken_though_a_selector_finds_nothing_in_it()
    {
        await using var room = await CityAsync();
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [room.Cluster.Name("office")], LabelSelector = App(room) });
        Mine(room, "nightly").ShouldBe(["namespaces/labelled", "namespaces/office"]);
    }

    [Fact]
    public async Task Excludes_without_includes_leave_all_others()
    {
        await using var room = await CityAsync();
        await room.BackUpAsync(new BackupSpec { ExcludedNamespaces = [room.Cluster.Name("office")], IncludedResources = ["secrets", "namespaces"] });
        Mine(room, "nightly").ShouldBe(["namespaces/labelled", "namespaces/shop", "secrets/shop/secret"]);
        room.Bucket.Items("nightly").Keys.ShouldContain("namespaces/default");
    }

    [Fact]
    public async Task A_pattern_that_matches_nothing_includes_nothing_and_one_that_matches_all_is_as_good_as_all()
    {
        await using var room = await CityAsync();
        await room.MakeAsync("rbac.authorization.k8s.io/v1", "ClusterRole", null, room.Cluster.Name("role"), "\"rules\":[]", $$$""" "labels":{"app":"{{{room.Mark}}}"}""");

        var outcome = await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [$"nothing-?-{room.Mark}"] }, "nothing");
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = ["?*"], LabelSelector = App(room) }, "all");
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = ["?*"], ExcludedNamespaces = [room.Cluster.Name("office")], LabelSelector = App(room) }, "not-all");

        Mine(room, "nothing").ShouldBeEmpty();
        Bucket.Messages(outcome.Results.Errors).ShouldBeEmpty();

        // Types in no namespace come by themselves only where all namespaces are in.
        Mine(room, "all").ShouldContain("clusterroles.rbac.authorization.k8s.io/role");
        Mine(room, "not-all").ShouldNotContain("clusterroles.rbac.authorization.k8s.io/role");
        Mine(room, "not-all").ShouldContain("secrets/shop/secret");
    }

    [Fact]
    public async Task Namespaces_that_Argo_CD_manages_are_one_warning()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (a, b) = (await room.Cluster.CreateNamespaceAsync("a", """{"argocd.argoproj.io/managed-by":"argo"}"""), await room.Cluster.CreateNamespaceAsync("b", """{"argocd.argoproj.io/managed-by":"argo"}"""));

        var outcome = await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [a, b], IncludedResources = ["configmaps"] });

        var warning = outcome.Results.Warnings.Velero.ShouldHaveSingleItem();
        warning.ShouldContain(a);
        warning.ShouldContain(b);
        outcome.Document.Status.Phase.ShouldBe("Completed");
    }

    private static LabelSelector App(RuleRoom room) => new() { MatchLabels = new Dictionary<string, string> { ["app"] = room.Mark } };

    /// <summary>What is of the room, without its mark.</summary>
    private static IEnumerable<string> Mine(RuleRoom room, string name) => room.Bucket.Items(name).Keys
        .Where(key => key.Contains(room.Mark, StringComparison.Ordinal) && !key.Contains("serviceaccount", StringComparison.Ordinal) && !key.EndsWith(".crt", StringComparison.Ordinal))
        .Select(key => key.Replace($"-{room.Mark}", "", StringComparison.Ordinal));

    private static async Task<RuleRoom> CityAsync()
    {
        var room = await RuleRoom.OpenAsync();
        var (shop, office) = (await room.Cluster.CreateNamespaceAsync("shop"), await room.Cluster.CreateNamespaceAsync("office"));
        await room.Cluster.CreateNamespaceAsync("labelled", $$"""{"app":"{{room.Mark}}"}""");
        await room.Cluster.CreateSecretAsync(shop, "secret", "k", [1], $$"""{"app":"{{room.Mark}}"}""");
        await room.Cluster.CreateSecretAsync(office, "secret", "k", [1]);
        return room;
    }
}
