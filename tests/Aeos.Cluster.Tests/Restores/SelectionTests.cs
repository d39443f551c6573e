using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Restores;

public class SelectionTests
{
    [Fact]
    public async Task Only_what_the_filters_name_comes_back()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var (shop, other) = (await room.CreateNamespaceAsync("shop"), await room.CreateNamespaceAsync("other"));
        foreach (var ns in new[] { shop, other })
        {
            await room.CreateConfigMapAsync(ns, "map", labels: """{"app":"x"}""");
            await room.CreateSecretAsync(ns, "secret", "p", [1], """{"app":"x"}""");
            await room.CreateSecretAsync(ns, "plain", "p", [1]);
        }

        await bucket.BackUpAsync("nightly", shop, other);
        await Task.WhenAll(room.DeleteNamespaceAsync(shop), room.DeleteNamespaceAsync(other));
        await bucket.RestoreCleanlyAsync(new RestoreSpec
        {
            BackupName = "nightly",
            IncludedNamespaces = [shop],
            ExcludedResources = ["cm"],
            LabelSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "x" } },
        });

        (await room.FindAsync("v1", "Secret", shop, "secret")).ShouldNotBeNull();
        (await room.FindAsync("v1", "Secret", shop, "plain")).ShouldBeNull();
        (await room.FindAsync("v1", "ConfigMap", shop, "map")).ShouldBeNull();
        (await room.FindAsync("v1", "Namespace", null, other)).ShouldBeNull();
    }

    [Fact]
    public async Task Definitions_come_before_what_they_define()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        foreach (var number in Enumerable.Range(0, 5))
        {
            await room.DefineAsync($"things{number}", $"Thing{number}", number % 2 == 0 ? "Namespaced" : "Cluster");
        }

        var shop = await room.CreateNamespaceAsync("shop");
        foreach (var number in Enumerable.Range(0, 5))
        {
            var place = number % 2 == 0 ? $",\"namespace\":\"{shop}\"" : "";
            await room.CreateAsync($$$"""{"apiVersion":"{{{room.Group}}}/v1","kind":"Thing{{{number}}}","metadata":{"name":"t"{{{place}}} },"spec":{"n":{{{number}}} } }""");
        }

        await bucket.BackUpAsync("nightly", new BackupSpec
        {
            IncludedNamespaces = [shop],
            IncludeClusterResources = true,
            IncludedResources = ["customresourcedefinitions", .. Enumerable.Range(0, 5).Select(number => $"things{number}.{room.Group}")],
        });
        foreach (var number in Enumerable.Range(0, 5))
        {
            await room.DeleteAsync("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, $"things{number}.{room.Group}");
            await room.UntilUnservedAsync(room.Group, $"things{number}");
        }

        // Definitions of others are in the backup too; they are there.
        await bucket.RestoreAsync(new RestoreSpec { BackupName = "nightly" });

        foreach (var number in Enumerable.Range(0, 5))
        {
            $"{(await room.GetAsync($"{room.Group}/v1", $"Thing{number}", number % 2 == 0 ? shop : null, "t")).At("spec", "n")}".ShouldBe($"{number}");
        }
    }

    [Fact]
    public async Task A_type_that_the_cluster_does_not_serve_is_an_error_for_each_object()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        await room.DefineAsync("widgets", "Widget");
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateConfigMapAsync(shop, "map");
        await room.CreateAsync($$$"""{"apiVersion":"{{{room.Group}}}/v1","kind":"Widget","metadata":{"name":"w","namespace":"{{{shop}}}"}}""");
        await bucket.BackUpAsync("nightly", shop);
        await room.DeleteAsync("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, $"widgets.{room.Group}");
        await room.UntilUnservedAsync(room.Group, "widgets");
        await room.DeleteNamespaceAsync(shop);

        var (document, outcome) = await bucket.RestoreAsync(new RestoreSpec { BackupName = "nightly", ExcludedResources = ["customresourcedefinitions"] });

        document.Status.Phase.ShouldBe("PartiallyFailed");
        Bucket.Messages(outcome.Errors).ShouldHaveSingleItem().ShouldContain("widgets");
        (await room.FindAsync("v1", "ConfigMap", shop, "map")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_backup_that_cannot_be_read_restores_nothing_at_all()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateConfigMapAsync(shop, "map");
        using (var encryption = await bucket.EncryptionAsync())
        {
            await bucket.BackUpAsync("nightly", new BackupSpec { IncludedNamespaces = [shop] }, encryption);
        }

        await room.DeleteNamespaceAsync(shop);
        var key = new Aeos.Velero.Layout.BackupKeys("nightly").Archive;
        var whole = bucket.Stored(key);
        await Should.ThrowAsync<AeosException>(() => bucket.RestoreAsync(new RestoreSpec { BackupName = "nightly" }, withKey: false));
        await bucket.PutAsync(key, [.. whole[..^20], (byte)(whole[^20] ^ 1), .. whole[^19..]]);
        await Should.ThrowAsync<AeosException>(() => bucket.RestoreAsync(new RestoreSpec { BackupName = "nightly" }));
        await bucket.PutAsync(key, whole[..^1]);
        await Should.ThrowAsync<AeosException>(() => bucket.RestoreAsync(new RestoreSpec { BackupName = "nightly" }));

        (await room.FindAsync("v1", "Namespace", null, shop)).ShouldBeNull();
        (await bucket.KeysAsync()).ShouldNotContain(static name => name.StartsWith("restores/", StringComparison.Ordinal));
    }
}
