using Aeos.Cluster.Tests.Running;
using Aeos.Kubernetes.Requests;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Restores;

public class NamespaceTests
{
    [Fact]
    public async Task A_namespace_comes_back_with_its_labels_and_annotations()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop", """{"team":"a","pod-security.kubernetes.io/warn":"baseline"}""", """{"note":"b"}""");
        await bucket.BackUpAsync("nightly", shop);
        await room.DeleteNamespaceAsync(shop);

        await bucket.RestoreCleanlyAsync("nightly");

        var there = await room.GetAsync("v1", "Namespace", null, shop);
        $"{there.At("metadata", "labels", "team")} {there.At("metadata", "annotations", "note")} {there.At("status", "phase")}".ShouldBe("a b Active");
    }

    [Fact]
    public async Task One_that_is_going_away_is_waited_for()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var shop = await room.CreateNamespaceAsync("shop");
        await room.CreateConfigMapAsync(shop, "map", "old");
        await bucket.BackUpAsync("nightly", shop);
        await room.CreateConfigMapAsync(shop, "held", finalizers: $"[\"{ClusterRoom.Finalizer}\"]");
        var uid = $"{(await room.GetAsync("v1", "Namespace", null, shop)).At("metadata", "uid")}";
        await room.DeleteNamespaceAsync(shop, wait: false);

        var restore = bucket.RestoreCleanlyAsync("nightly");
        await room.UntilAsync(WellKnownResources.ConfigMaps, shop, "map", static now => now is null);
        await room.Client.PatchAsync(WellKnownResources.ConfigMaps, shop, "held", PatchType.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray());
        await restore;

        $"{(await room.GetAsync("v1", "Namespace", null, shop)).At("metadata", "uid")}".ShouldNotBe(uid);
        $"{(await room.GetAsync("v1", "ConfigMap", shop, "map")).At("data", "k")}".ShouldBe("old");
        (await room.FindAsync("v1", "ConfigMap", shop, "held")).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_is_bound_to_a_role_follows_its_namespace()
    {
        await using var room = await ClusterRoom.OpenAsync();
        await using var bucket = await Bucket.CreateAsync(room);
        var (shop, copy, binding) = (await room.CreateNamespaceAsync("shop"), room.Name("copy"), room.Name("binding"));
        var rest = $$$""" "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},"subjects":[{"kind":"ServiceAccount","name":"default","namespace":"{{{shop}}}"},{"kind":"ServiceAccount","name":"default","namespace":"kube-system"}] """;
        await room.CreateAsync($$$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"{{{binding}}}"},{{{rest}}}}""");
        await room.CreateAsync($$$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"local","namespace":"{{{shop}}}"},{{{rest}}}}""");
        await bucket.BackUpAsync("nightly", new BackupSpec { IncludedNamespaces = [shop], IncludeClusterResources = true });
        await room.DeleteAsync("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", null, binding);

        await bucket.RestoreCleanlyAsync(new RestoreSpec
        {
            BackupName = "nightly",
            IncludedResources = ["rolebindings", "clusterrolebindings"],
            LabelSelector = null,
            IncludedNamespaces = [shop],
            IncludeClusterResources = true,
            NamespaceMapping = new Dictionary<string, string> { [shop] = copy },
        });

        foreach (var restored in new[]
        {
            await room.GetAsync("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", null, binding),
            await room.GetAsync("rbac.authorization.k8s.io/v1", "RoleBinding", copy, "local"),
        })
        {
            restored["subjects"]!.AsArray().Select(static subject => $"{subject.At("namespace")}").ShouldBe([copy, "kube-system"]);
        }
    }
}
