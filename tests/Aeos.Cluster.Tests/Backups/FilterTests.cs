using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Backups;

public class FilterTests
{
    [Fact]
    public async Task Only_what_the_filters_name_is_in_the_archive()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var (shop, other) = (await room.CreateNamespaceAsync("shop"), await room.CreateNamespaceAsync("other"));
        foreach (var ns in new[] { shop, other })
        {
            await room.CreateConfigMapAsync(ns, "map", labels: """{"app":"x"}""");
            await room.CreateConfigMapAsync(ns, "plain");
            await room.CreateConfigMapAsync(ns, "excluded", labels: """{"app":"x","velero.io/exclude-from-backup":"true"}""");
            await room.CreateSecretAsync(ns, "secret", "p", [1], """{"tier":"y"}""");
        }

        await ShouldHoldAsync(new() { IncludedNamespaces = [shop], IncludedResources = ["configmaps", "secrets"] },
            $"configmaps/{shop}/map", $"configmaps/{shop}/plain", $"secrets/{shop}/secret");
        await ShouldHoldAsync(new() { IncludedNamespaces = [shop, other], ExcludedNamespaces = [$"{other[..^1]}?"], IncludedResources = ["cm", "Secret"], ExcludedResources = ["configmaps"] },
            $"secrets/{shop}/secret");
        await ShouldHoldAsync(
            new() { IncludedNamespaces = [shop, other], IncludedResources = ["configmaps", "secrets"], LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "x" } } },
            $"configmaps/{other}/map", $"configmaps/{shop}/map");
        await ShouldHoldAsync(
            new()
            {
                IncludedNamespaces = [shop],
                IncludedResources = ["configmaps", "secrets"],
                OrLabelSelectors = [
                    new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "x" } },
                    new LabelSelector { MatchExpressions = [new LabelRequirement { Key = "tier", Operator = "In", Values = ["y", "z"] }] },
                ],
            },
            $"configmaps/{shop}/map", $"secrets/{shop}/secret");
        await ShouldHoldAsync(new() { IncludedNamespaces = [$"*-{room.Mark}"], IncludedResources = ["secrets"] },
            $"secrets/{other}/secret", $"secrets/{shop}/secret");

        async Task ShouldHoldAsync(BackupSpec spec, params string[] expected)
        {
            var name = $"b{(await bucket.KeysAsync()).Count}";
            await bucket.BackUpAsync(name, spec);

            // What a cluster puts into each namespace by itself is not the same in all clusters.
            bucket.Items(name).Keys.Where(static key => !key.EndsWith(".crt", StringComparison.Ordinal)).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Namespaces_come_with_what_is_in_them_and_keep_their_labels()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop", """{"team":"a"}""");
        await bucket.BackUpAsync("all", shop);
        $"{bucket.Items("all")[$"namespaces/{shop}"].At("metadata", "labels", "team")}".ShouldBe("a");
    }

    [Fact]
    public async Task Objects_in_no_namespace_come_when_they_are_asked_for()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        var role = room.Name("role");
        await room.CreateAsync($$$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"{{{role}}}"},"rules":[]}""");

        await bucket.BackUpAsync("default", new BackupSpec { IncludedNamespaces = [shop] });
        await bucket.BackUpAsync("with", new BackupSpec { IncludedNamespaces = [shop], IncludeClusterResources = true });
        await bucket.BackUpAsync("without", new BackupSpec { IncludedResources = ["clusterroles", "namespaces"], IncludeClusterResources = false });
        await bucket.BackUpAsync("whole", new BackupSpec { IncludedResources = ["clusterroles"] });

        var key = $"clusterroles.rbac.authorization.k8s.io/{role}";
        bucket.Items("default").Keys.ShouldNotContain(key);
        bucket.Items("with").Keys.ShouldContain(key);
        bucket.Items("without").Keys.ShouldNotContain(static name => name.StartsWith("clusterroles", StringComparison.Ordinal));
        bucket.Items("whole").Keys.ShouldContain(key);
    }

    [Fact]
    public async Task What_is_going_away_is_left_out()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var (shop, leaving) = (await room.CreateNamespaceAsync("shop"), await room.CreateNamespaceAsync("leaving"));
        await room.CreateConfigMapAsync(shop, "stays");
        foreach (var ns in new[] { shop, leaving })
        {
            await room.CreateConfigMapAsync(ns, "held", finalizers: $"[\"{ClusterRoom.Finalizer}\"]");
            await room.DeleteAsync("v1", "ConfigMap", ns, "held", wait: false);
        }

        await room.DeleteNamespaceAsync(leaving, wait: false);
        var outcome = await bucket.BackUpAsync("nightly", shop, leaving);

        bucket.Items("nightly").Keys.ShouldContain($"configmaps/{shop}/stays");
        bucket.Items("nightly").Keys.ShouldNotContain($"configmaps/{shop}/held");
        bucket.Items("nightly").Keys.ShouldNotContain($"configmaps/{leaving}/held");
        bucket.Items("nightly").Keys.ShouldNotContain($"namespaces/{leaving}");
        Bucket.Messages(outcome.Results.Errors).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_custom_resource_takes_its_definition_along_and_a_claim_its_volume()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        await room.DefineAsync("widgets", "Widget");
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateAsync($$$"""{"apiVersion":"{{{room.Group}}}/v1","kind":"Widget","metadata":{"name":"w","namespace":"{{{shop}}}"}}""");
        var volume = await Volumes.CreateBoundAsync(room, shop, "data", "Retain");

        var outcome = await bucket.BackUpAsync("nightly", shop);

        bucket.Items("nightly").Keys.ShouldContain($"customresourcedefinitions.apiextensions.k8s.io/widgets.{room.Group}");
        bucket.Items("nightly").Keys.ShouldContain($"persistentvolumes/{volume}");
        Bucket.Messages(outcome.Results.Warnings).ShouldContain(message => message.Contains("persistentvolumeclaims/data", StringComparison.Ordinal) && message.Contains("data of its volume", StringComparison.Ordinal));
    }
}
