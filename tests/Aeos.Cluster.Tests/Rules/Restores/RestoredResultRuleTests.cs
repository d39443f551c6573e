using Aeos.Cluster.Tests.Archives;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Restores;

/// <summary>What becomes of objects that exist, where messages stand, and what a restore leaves in the bucket.</summary>
public class RestoredResultRuleTests
{
    private const string Roles = "clusterroles.rbac.authorization.k8s.io";

    [Theory]
    [InlineData(null, "failed", "ConfigMap:differs already exists")]
    [InlineData("none", "failed", "ConfigMap \"differs\" already exists")]
    [InlineData("update", "updated", null)]
    public async Task Each_object_is_created_updated_skipped_or_failed_and_said_to_be(string? policy, string fate, string? warning)
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, copy) = (room.Cluster.Name("shop"), await room.Cluster.CreateNamespaceAsync("copy"));
        await room.Cluster.DefineAsync("widgets", "Widget");
        var (type, version) = ($"widgets.{room.Cluster.Group}", $"{room.Cluster.Group}/v1");
        var archive = new ItemArchive().AddConfigMap(shop, "differs", "backup").AddConfigMap(shop, "new")
            .Add(type, version, "Widget", shop, "same", """ "spec":{"n":1},"status":{"n":7}""", """ "uid":"u","resourceVersion":"7","generation":9,"creationTimestamp":"2020-01-01T00:00:00Z","labels":{"velero.io/restore-name":"r"}""");
        await room.PutAsync(archive);
        await room.Cluster.CreateConfigMapAsync(copy, "differs", "cluster");
        await room.MakeAsync(version, "Widget", copy, "same", """ "spec":{"n":1}""");
        await room.PatchAsync(version, "Widget", copy, "same", """{"metadata":{"managedFields":[{}]}}""");
        await room.PatchAsync(version, "Widget", copy, "same", """{"status":{"n":8}}""", options: new Kubernetes.Requests.WriteOptions { Subresource = "status" });
        await room.PatchAsync(version, "Widget", copy, "same", """{"metadata":{"managedFields":[{}]}}""");

        var (document, outcome) = await room.RestoreAsync(new RestoreSpec { ExistingResourcePolicy = policy, NamespaceMapping = new Dictionary<string, string> { [shop] = copy } });

        document.Status.Phase.ShouldBe("Completed");
        room.Fates("v1/ConfigMap").ShouldBe([$"{copy}/differs({fate})", $"{copy}/new(created)"]);
        room.Fates($"{version}/Widget").ShouldBe([$"{copy}/same(skipped)"]);
        var messages = Bucket.Messages(outcome.Warnings);
        if (warning is null)
        {
            messages.ShouldBeEmpty();
        }
        else
        {
            // Under the namespace that is restored into.
            messages.ShouldHaveSingleItem().ShouldStartWith($"{copy}: ");
            messages[0].ShouldContain(warning);
        }

        $"{(await room.GetAsync("v1", "ConfigMap", copy, "differs")).At("data", "k")}".ShouldBe(policy == "update" ? "backup" : "cluster");
    }

    [Fact]
    public async Task A_restore_run_again_skips_all_that_it_made_before_without_a_word()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, role) = (room.Cluster.Name("shop"), room.Cluster.Name("role"));
        await room.PutAsync(new ItemArchive().AddConfigMap(shop).Add(Roles, "rbac.authorization.k8s.io/v1", "ClusterRole", null, role, """ "rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]"""));
        await room.RestoreCleanlyAsync();

        var outcome = await room.RestoreCleanlyAsync(name: "twice");

        Bucket.Messages(outcome.Warnings).ShouldBeEmpty();
        room.Fates("v1/ConfigMap", "twice").ShouldBe([$"{shop}/map(skipped)"]);
        room.Fates("rbac.authorization.k8s.io/v1/ClusterRole", "twice").ShouldBe([$"{role}(skipped)"]);
        room.Bucket.Text(new RestoreKeys("twice").Logs).ShouldContain("map");
        $"{(await room.GetAsync("v1", "ConfigMap", shop, "map")).At("metadata", "labels", "velero.io/restore-name")}".ShouldBe("again");
    }

    [Fact]
    public async Task Errors_stand_under_the_namespace_that_is_restored_into_or_under_the_cluster_and_the_rest_is_restored()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, copy, role) = (room.Cluster.Name("shop"), room.Cluster.Name("copy"), room.Cluster.Name("role"));
        const string Bad = """ "labels":{"bad":"not a label!"}""";
        await room.PutAsync(new ItemArchive().AddConfigMap(shop, "bad", metadata: Bad).AddConfigMap(shop, "good")
            .Add(Roles, "rbac.authorization.k8s.io/v1", "ClusterRole", null, role, "\"rules\":[]", Bad));

        var (document, outcome) = await room.RestoreAsync(new RestoreSpec { NamespaceMapping = new Dictionary<string, string> { [shop] = copy } });

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Cluster.ShouldHaveSingleItem().ShouldContain(role);
        outcome.Errors.Namespaces.Keys.ShouldBe([copy]);
        outcome.Errors.Namespaces[copy].ShouldHaveSingleItem().ShouldContain("bad");
        outcome.Errors.Velero.ShouldBeEmpty();
        room.Fates("rbac.authorization.k8s.io/v1/ClusterRole").ShouldBe([$"{role}(failed)"]);
        (await room.FindAsync("v1", "ConfigMap", copy, "good")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Five_records_are_left_under_Veleros_names()
    {
        await using var room = await RuleRoom.OpenAsync();
        await room.PutAsync(new ItemArchive().AddConfigMap(room.Cluster.Name("shop")));

        await room.RestoreCleanlyAsync();

        var keys = await room.Bucket.KeysAsync();
        foreach (var key in new[] { "restore-again-logs.gz", "restore-again-results.gz", "restore-again-resource-list.json.gz", "restore-again-itemoperations.json.gz", "again-volumeinfo.json.gz" })
        {
            keys.ShouldContain($"restores/again/{key}");
        }

        room.Bucket.Companion("restores/again/restore-again-results.gz").AsObject().Select(static pair => pair.Key).ShouldBe(["errors", "warnings"], ignoreOrder: true);
        room.Bucket.Text("restores/again/restore-again-logs.gz").ShouldContain($"created configmaps/{room.Cluster.Name("shop")}/map");
        room.Fates("v1/ConfigMap").ShouldBe([$"{room.Cluster.Name("shop")}/map(created)"]);
    }

    [Theory]
    [InlineData("resources/configmaps/namespaces/SHOP/broken.json", "{ no JSON")]
    [InlineData("resources/configmaps/namespaces/SHOP/../../../../etc/passwd.json", "{}")]
    [InlineData("surprise/SHOP.json", "{}")]
    public async Task An_archive_with_an_entry_that_is_none_is_refused_as_a_whole(string entry, string content)
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.PutAsync(new ItemArchive().AddConfigMap(shop).AddFile(entry.Replace("SHOP", shop, StringComparison.Ordinal), content));

        await Should.ThrowAsync<AeosException>(() => room.RestoreAsync());

        (await room.FindAsync("v1", "Namespace", null, shop)).ShouldBeNull();
    }

    [Fact]
    public async Task An_archive_whose_end_is_missing_is_refused_as_a_whole()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        var whole = new ItemArchive().AddConfigMap(shop).AddConfigMap(shop, "other").ToBytes();
        foreach (var length in new[] { whole.Length - 1, whole.Length / 2 })
        {
            await room.Bucket.PutBackupAsync($"cut-{length}", whole[..length]);
            await Should.ThrowAsync<AeosException>(() => room.RestoreAsync(new RestoreSpec { BackupName = $"cut-{length}" }));
        }

        (await room.FindAsync("v1", "Namespace", null, shop)).ShouldBeNull();
    }
}
