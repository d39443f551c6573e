using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules;

public class GoingAlongTests
{
    [Fact]
    public async Task A_pods_claim_volume_and_priority_class_go_and_come_with_it_whatever_their_labels()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        var high = room.Cluster.Name("high");
        var volume = await Volumes.CreateBoundAsync(room.Cluster, shop, "data", "Retain");
        await room.Cluster.CreateConfigMapAsync(shop, "map");
        await room.MakeAsync("scheduling.k8s.io/v1", "PriorityClass", null, high, "\"value\":7");
        await room.MakeAsync(
            "v1", "Pod", shop, "p",
            $$$$""" "spec":{"priorityClassName":"{{{{high}}}}",{{{{RuleRoom.Containers}}}},"volumes":[{"name":"d","persistentVolumeClaim":{"claimName":"data"}}]}""",
            """ "labels":{"app":"x"}""");
        var labels = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "x" } };
        await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop], LabelSelector = labels });

        string[] all = [$"namespaces/{shop}", $"persistentvolumeclaims/{shop}/data", $"persistentvolumes/{volume}", $"pods/{shop}/p", $"priorityclasses.scheduling.k8s.io/{high}"];
        room.Bucket.Items("nightly").Keys.ShouldBe(all);

        await room.Cluster.DeleteNamespaceAsync(shop);
        await room.Cluster.DeleteAsync("v1", "PersistentVolume", null, volume);
        await room.Cluster.DeleteAsync("scheduling.k8s.io/v1", "PriorityClass", null, high);
        await room.RestoreCleanlyAsync(new RestoreSpec { LabelSelector = labels });

        var pod = await room.GetAsync("v1", "Pod", shop, "p");
        ($"{pod.At("spec", "priority")}", $"{pod.At("spec", "priorityClassName")}", pod.At("spec", "nodeName")).ShouldBe(("7", high, null));
        await Volumes.UntilBoundAsync(room.Cluster, shop, "data");
        $"{(await room.GetAsync("v1", "PersistentVolumeClaim", shop, "data")).At("spec", "volumeName")}".ShouldBe(volume);
    }

    [Fact]
    public async Task Without_cluster_resources_a_claim_comes_back_and_still_asks_for_its_volume()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        var volume = await Volumes.CreateBoundAsync(room.Cluster, shop, "data", "Retain");
        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);
        await room.Cluster.DeleteAsync("v1", "PersistentVolume", null, volume);

        await room.RestoreCleanlyAsync(new RestoreSpec { IncludeClusterResources = false });

        (await room.FindAsync("v1", "PersistentVolume", null, volume)).ShouldBeNull();
        var claim = await room.GetAsync("v1", "PersistentVolumeClaim", shop, "data");
        $"{claim.At("spec", "volumeName")}".ShouldBe(volume);
        claim.At("metadata", "annotations", "pv.kubernetes.io/bind-completed").ShouldBeNull();
    }

    [Fact]
    public async Task A_volumes_claim_follows_the_mapping_of_its_namespace()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, copy) = (await room.Cluster.CreateNamespaceAsync("shop"), room.Cluster.Name("copy"));
        var volume = await Volumes.CreateBoundAsync(room.Cluster, shop, "data", "Retain");
        await room.BackUpAsync(shop);
        await room.Cluster.DeleteNamespaceAsync(shop);
        await room.Cluster.DeleteAsync("v1", "PersistentVolume", null, volume);

        await room.RestoreCleanlyAsync(new RestoreSpec { NamespaceMapping = new Dictionary<string, string> { [shop] = copy } });

        await Volumes.UntilBoundAsync(room.Cluster, copy, "data");
        $"{(await room.GetAsync("v1", "PersistentVolume", null, volume)).At("spec", "claimRef", "namespace")}".ShouldBe(copy);
    }

    [Fact]
    public async Task An_accounts_cluster_bindings_and_roles_go_with_it_and_subjects_follow_the_mapping()
    {
        await using var room = await RuleRoom.OpenAsync();
        const string Rbac = "rbac.authorization.k8s.io";
        var (shop, copy) = (await room.Cluster.CreateNamespaceAsync("shop"), room.Cluster.Name("copy"));
        var (role, binding) = (room.Cluster.Name("reader"), room.Cluster.Name("reads"));
        await room.MakeAsync("v1", "ServiceAccount", shop, "runner");
        await room.MakeAsync($"{Rbac}/v1", "ClusterRole", null, role, """ "rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]""");
        var bound = $$""" "roleRef":{"apiGroup":"{{Rbac}}","kind":"ClusterRole","name":"{{role}}"},"subjects":[{"kind":"ServiceAccount","name":"runner","namespace":"{{shop}}"}]""";
        await room.MakeAsync($"{Rbac}/v1", "ClusterRoleBinding", null, binding, bound);
        await room.MakeAsync($"{Rbac}/v1", "RoleBinding", shop, "reads", bound);

        var items = await room.BackUpAsync(shop);
        items.Keys.ShouldContain($"clusterrolebindings.{Rbac}/{binding}");
        items.Keys.ShouldContain($"clusterroles.{Rbac}/{role}");
        await room.Cluster.DeleteAsync($"{Rbac}/v1", "ClusterRoleBinding", null, binding);
        await room.Cluster.DeleteAsync($"{Rbac}/v1", "ClusterRole", null, role);

        await room.RestoreAsync(new RestoreSpec { NamespaceMapping = new Dictionary<string, string> { [shop] = copy } });

        (await room.FindAsync($"{Rbac}/v1", "ClusterRole", null, role)).ShouldNotBeNull();
        $"{(await room.GetAsync($"{Rbac}/v1", "ClusterRoleBinding", null, binding)).At("subjects", 0, "namespace")}".ShouldBe(copy);
        $"{(await room.GetAsync($"{Rbac}/v1", "RoleBinding", copy, "reads")).At("subjects", 0, "namespace")}".ShouldBe(copy);
    }
}
