using Aeos.Backup.Restores;
using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules;

public class RestoredStateTests
{
    [Fact]
    public async Task A_status_comes_back_where_the_spec_or_the_objects_annotation_says_so()
    {
        await using var room = await RuleRoom.OpenAsync();
        await room.Cluster.DefineAsync("widgets", "Widget");
        await room.Cluster.DefineAsync("gadgets", "Gadget");
        var version = $"{room.Cluster.Group}/v1";
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        foreach (var (kind, name, annotation) in new[] { ("Widget", "by-type", ""), ("Widget", "not", "\"velero.io/restore-status\":\"false\""), ("Gadget", "by-itself", "\"velero.io/restore-status\":\"true\""), ("Gadget", "plain", "") })
        {
            await room.MakeAsync(version, kind, shop, name, metadata: $"\"annotations\":{{{annotation}}}");
            await room.PatchAsync(version, kind, shop, name, """{"status":{"ready":true}}""", options: new WriteOptions { Subresource = "status" });
        }

        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);
        await room.RestoreCleanlyAsync(new RestoreSpec { RestoreStatus = new RestoreStatusSpec { IncludedResources = [$"widgets.{room.Cluster.Group}"] } });

        $"{(await room.GetAsync(version, "Widget", shop, "by-type")).At("status", "ready")}".ShouldBe("true");
        (await room.GetAsync(version, "Widget", shop, "not")).At("status").ShouldBeNull();
        $"{(await room.GetAsync(version, "Gadget", shop, "by-itself")).At("status", "ready")}".ShouldBe("true");
        (await room.GetAsync(version, "Gadget", shop, "plain")).At("status").ShouldBeNull();
    }

    [Fact]
    public async Task Update_removes_what_the_backup_does_not_have_and_where_it_is_refused_the_labels_alone_are_patched()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateConfigMapAsync(shop, "same");
        await room.Cluster.CreateConfigMapAsync(shop, "grown");
        await room.Cluster.CreateConfigMapAsync(shop, "frozen");
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["configmaps"] });
        await room.PatchAsync("v1", "ConfigMap", shop, "grown", """{"data":{"more":"x"}}""");
        await room.PatchAsync("v1", "ConfigMap", shop, "frozen", """{"data":{"k":"other"},"immutable":true}""");

        var outcome = await room.RestoreCleanlyAsync(new RestoreSpec { ExistingResourcePolicy = "update" });

        var grown = await room.GetAsync("v1", "ConfigMap", shop, "grown");
        grown["data"]!.ToJsonString().ShouldBe("""{"k":"v"}""");
        var frozen = await room.GetAsync("v1", "ConfigMap", shop, "frozen");
        $"{frozen.At("data", "k")}".ShouldBe("other");
        foreach (var item in new[] { grown, frozen, await room.GetAsync("v1", "ConfigMap", shop, "same") })
        {
            $"{item.At("metadata", "labels", "velero.io/restore-name")}".ShouldBe("again");
        }

        var warnings = outcome.Warnings.Namespaces[shop];
        warnings.ShouldNotBeEmpty();
        warnings.ShouldAllBe(static warning => warning.Contains("frozen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Types_come_in_the_order_that_is_asked_for()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateConfigMapAsync(shop, "map");
        await room.Cluster.CreateSecretAsync(shop, "secret", "k", [1]);
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], IncludedResources = ["configmaps", "secrets"] });

        // A version of the server's is a number that grows with each write.
        (await OrderAsync("default", null)).ShouldBe(["secret", "map"]);
        (await OrderAsync("turned", ResourcePriorities.Parse("configmaps,secrets"))).ShouldBe(["map", "secret"]);
        (await OrderAsync("late", ResourcePriorities.Parse("-,configmaps"))).ShouldBe(["secret", "map"]);

        async Task<string[]> OrderAsync(string name, ResourcePriorities? priorities)
        {
            var place = room.Cluster.Name(name);
            await room.RestoreAsync(new RestoreSpec { NamespaceMapping = new Dictionary<string, string> { [shop] = place } }, name, priorities);
            var (map, secret) = (await VersionAsync("ConfigMap", "map"), await VersionAsync("Secret", "secret"));
            return map < secret ? ["map", "secret"] : ["secret", "map"];

            async Task<long> VersionAsync(string kind, string item) => long.Parse($"{(await room.GetAsync("v1", kind, place, item)).At("metadata", "resourceVersion")}", System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public async Task Of_two_namespaces_that_become_one_an_object_comes_once_and_long_names_are_cut_in_labels()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (a, b, one) = (await room.Cluster.CreateNamespaceAsync("a"), await room.Cluster.CreateNamespaceAsync("b"), room.Cluster.Name("one"));
        await room.Cluster.CreateConfigMapAsync(a, "map", "from a");
        await room.Cluster.CreateConfigMapAsync(b, "map", "from b");
        await room.Cluster.CreateConfigMapAsync(a, "held", finalizers: $"[\"{ClusterRoom.Finalizer}\"]");
        await room.BackUpAsync(a, b);
        await room.PatchAsync("v1", "ConfigMap", a, "held", """{"metadata":{"finalizers":null}}""");
        var name = new string('r', 70);

        var outcome = await room.RestoreCleanlyAsync(new RestoreSpec { IncludedResources = ["configmaps"], NamespaceMapping = new Dictionary<string, string> { [a] = one, [b] = one } }, name);

        Bucket.Messages(outcome.Warnings).ShouldNotContain(static message => message.Contains("\"map\"", StringComparison.Ordinal));
        var label = $"{(await room.GetAsync("v1", "ConfigMap", one, "map")).At("metadata", "labels", "velero.io/restore-name")}";
        (label.Length, label[..57]).ShouldBe((63, name[..57]));
        $"{(await room.GetAsync("v1", "ConfigMap", one, "held")).At("metadata", "finalizers", 0)}".ShouldBe(ClusterRoom.Finalizer);
        await room.PatchAsync("v1", "ConfigMap", one, "held", """{"metadata":{"finalizers":null}}""");
    }

    [Fact]
    public async Task A_namespace_that_exists_is_not_changed_and_one_that_the_archive_lacks_is_blank()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, other) = (await room.Cluster.CreateNamespaceAsync("shop", """{"team":"old"}"""), await room.Cluster.CreateNamespaceAsync("other", """{"team":"old"}"""));
        await room.Cluster.CreateConfigMapAsync(shop, "map");
        await room.Cluster.CreateConfigMapAsync(other, "map");
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop, other], IncludeClusterResources = false, IncludedResources = ["configmaps"] });
        await room.Cluster.DeleteNamespaceAsync(other);
        await room.PatchAsync("v1", "Namespace", null, shop, """{"metadata":{"labels":{"team":"new"}}}""");

        await room.RestoreCleanlyAsync();

        $"{(await room.GetAsync("v1", "Namespace", null, shop)).At("metadata", "labels", "team")}".ShouldBe("new");
        var blank = await room.GetAsync("v1", "Namespace", null, other);
        (blank.At("metadata", "labels", "team"), blank.At("metadata", "labels", "velero.io/backup-name")).ShouldBe((null, null));
        (await room.FindAsync("v1", "ConfigMap", other, "map")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_restores_filters_see_the_backups_names_and_one_of_several_selectors_must_match()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, other, copy) = (await room.Cluster.CreateNamespaceAsync("shop"), await room.Cluster.CreateNamespaceAsync("other"), room.Cluster.Name("copy"));
        foreach (var place in new[] { shop, other })
        {
            await room.Cluster.CreateConfigMapAsync(place, "a", labels: """{"app":"a"}""");
            await room.Cluster.CreateConfigMapAsync(place, "b", labels: """{"app":"b"}""");
            await room.Cluster.CreateConfigMapAsync(place, "c", labels: """{"app":"c"}""");
        }

        await room.BackUpAsync(shop, other);
        await room.RestoreCleanlyAsync(new RestoreSpec
        {
            IncludedNamespaces = [$"sh?p-{room.Mark}"],
            NamespaceMapping = new Dictionary<string, string> { [shop] = copy },
            OrLabelSelectors = [new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "a" } }, new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "b" } }],
        });

        (await room.FindAsync("v1", "ConfigMap", copy, "a")).ShouldNotBeNull();
        (await room.FindAsync("v1", "ConfigMap", copy, "b")).ShouldNotBeNull();
        (await room.FindAsync("v1", "ConfigMap", copy, "c")).ShouldBeNull();
        $"{(await room.GetAsync("v1", "ConfigMap", other, "a")).At("metadata", "labels", "velero.io/restore-name")}".ShouldBeEmpty();
    }
}
