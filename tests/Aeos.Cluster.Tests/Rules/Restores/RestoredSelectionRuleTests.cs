using Aeos.Backup.Restores;
using Aeos.Cluster.Tests.Archives;
using Aeos.Cluster.Tests.Running;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Restores;

/// <summary>Which objects a restore has, and which namespaces it makes.</summary>
public class RestoredSelectionRuleTests
{
    [Theory]
    [InlineData("{}", "shop-map office-map secret role office empty")]
    [InlineData("""{"includedNamespaces":["SHOP"]}""", "shop-map")]
    [InlineData("""{"includedNamespaces":["SHOP"],"includeClusterResources":true}""", "shop-map role office empty")]
    [InlineData("""{"includeClusterResources":false}""", "shop-map office-map secret office")]
    [InlineData("""{"excludedNamespaces":["OFFICE"]}""", "shop-map")]
    [InlineData("""{"includedResources":["cm"]}""", "shop-map office-map office")]
    [InlineData("""{"includedResources":["configmap"]}""", "shop-map office-map office")]
    [InlineData("""{"includedResources":["config*"]}""", "shop-map office-map office")]
    [InlineData("""{"excludedResources":["configmaps"]}""", "secret role office empty")]
    [InlineData("""{"labelSelector":{"matchLabels":{"app":"shop"}}}""", "shop-map")]
    [InlineData("""{"labelSelector":{"matchExpressions":[{"key":"app","operator":"DoesNotExist"}]}}""", "office-map secret role office empty")]
    public async Task Filters_choose_among_the_backups_objects(string spec, string expected)
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, office, empty, role) = (room.Cluster.Name("shop"), room.Cluster.Name("office"), room.Cluster.Name("empty"), room.Cluster.Name("role"));
        await room.PutAsync(new ItemArchive()
            .AddConfigMap(shop, metadata: """ "labels":{"app":"shop"}""").AddConfigMap(office)
            .Add("secrets", "v1", "Secret", office, "secret")
            .Add("clusterroles.rbac.authorization.k8s.io", "rbac.authorization.k8s.io/v1", "ClusterRole", null, role, "\"rules\":[]")
            .Add("namespaces", "v1", "Namespace", null, empty).Add("namespaces", "v1", "Namespace", null, office).Add("namespaces", "v1", "Namespace", null, shop));

        await room.RestoreCleanlyAsync(Specs.Restore(spec.Replace("SHOP", shop, StringComparison.Ordinal).Replace("OFFICE", office, StringComparison.Ordinal)));

        var found = new List<string>();
        foreach (var (what, version, kind, place, name) in new (string, string, string, string?, string)[]
        {
            ("shop-map", "v1", "ConfigMap", shop, "map"), ("office-map", "v1", "ConfigMap", office, "map"), ("secret", "v1", "Secret", office, "secret"),
            ("role", "rbac.authorization.k8s.io/v1", "ClusterRole", null, role), ("office", "v1", "Namespace", null, office), ("empty", "v1", "Namespace", null, empty),
        })
        {
            if (await room.FindAsync(version, kind, place, name) is not null)
            {
                found.Add(what);
            }
        }

        string.Join(' ', found).ShouldBe(expected);
    }

    [Fact]
    public async Task What_is_asked_for_and_not_in_the_backup_is_warned_of_and_an_empty_backup_too()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.PutAsync(new ItemArchive().AddConfigMap(shop));
        await room.PutAsync(new ItemArchive(), "empty");

        var outcome = await room.RestoreCleanlyAsync(new RestoreSpec { IncludedNamespaces = [shop, "shpo"], IncludedResources = ["cm", "ingresses", "no*"] });
        var empty = await room.RestoreCleanlyAsync(new RestoreSpec { BackupName = "empty" }, "of-nothing");

        outcome.Warnings.Velero.Count.ShouldBe(2);
        outcome.Warnings.Velero.ShouldContain(static warning => warning.Contains("the namespace \"shpo\"", StringComparison.Ordinal));
        outcome.Warnings.Velero.ShouldContain(static warning => warning.Contains("\"ingresses\"", StringComparison.Ordinal));
        empty.Warnings.Velero.ShouldHaveSingleItem().ShouldContain("zero items");
        (await room.FindAsync("v1", "ConfigMap", shop, "map")).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_belongs_to_one_cluster_and_pods_of_a_node_are_never_restored()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        var archive = new ItemArchive().AddConfigMap(shop)
            .AddPod(shop, "mirror", metadata: """ "annotations":{"kubernetes.io/config.mirror":"x"}""")
            .Add("nodes", "v1", "Node", null, room.Cluster.Name("node"));
        foreach (var (type, kind) in new[] { ("backups", "Backup"), ("restores", "Restore"), ("backuprepositories", "BackupRepository"), ("resticrepositories", "ResticRepository") })
        {
            archive.Add($"{type}.velero.io", "velero.io/v1", kind, shop, "old");
        }

        await room.PutAsync(archive);

        // One that was tried would be an error where nothing serves its type, and in the list where something does.
        await room.RestoreCleanlyAsync();

        room.Bucket.Companion(new Aeos.Velero.Layout.RestoreKeys("again").ResourceList).AsObject().Select(static pair => pair.Key).ShouldBe(["v1/ConfigMap", "v1/Namespace", "v1/Pod"], ignoreOrder: true);
        room.Fates("v1/Pod").ShouldBe([$"{shop}/mirror(skipped)"]);
        (await room.FindAsync("v1", "Pod", shop, "mirror")).ShouldBeNull();
        (await room.FindAsync("v1", "Node", null, room.Cluster.Name("node"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_namespace_has_the_backups_labels_and_not_the_restores_and_is_in_the_list()
    {
        await using var room = await RuleRoom.OpenAsync();
        var (shop, copy) = (room.Cluster.Name("shop"), room.Cluster.Name("copy"));
        await room.PutAsync(new ItemArchive().AddConfigMap(shop)
            .Add("namespaces", "v1", "Namespace", null, shop, """ "spec":{"finalizers":["kubernetes"]}""", """ "labels":{"team":"a"},"annotations":{"note":"kept"}"""));

        await room.RestoreCleanlyAsync(new RestoreSpec { NamespaceMapping = new Dictionary<string, string> { [shop] = copy } });

        var metadata = (await room.GetAsync("v1", "Namespace", null, copy))["metadata"];
        ($"{metadata.At("labels", "team")}", $"{metadata.At("annotations", "note")}", metadata.At("labels", "velero.io/restore-name")).ShouldBe(("a", "kept", null));
        room.Fates("v1/Namespace").ShouldBe([$"{copy}(created)"]);
        (await room.FindAsync("v1", "Namespace", null, shop)).ShouldBeNull();
        $"{(await room.GetAsync("v1", "ConfigMap", copy, "map")).At("metadata", "labels", "velero.io/restore-name")}".ShouldBe("again");
    }

    [Fact]
    public async Task A_namespace_that_is_not_gone_in_time_and_one_that_cannot_be_made_are_errors_of_the_restore_itself()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateConfigMapAsync(shop, "held", finalizers: $"[\"{ClusterRoom.Finalizer}\"]");
        await room.Cluster.DeleteNamespaceAsync(shop, wait: false);
        var wrong = $"No_Name-{room.Mark}";
        await room.PutAsync(new ItemArchive().AddConfigMap(shop).AddConfigMap(shop, "other").AddConfigMap(wrong).AddConfigMap(wrong, "other").AddConfigMap(room.Cluster.Name("fine")));

        var (document, outcome) = await room.RestoreAsync(patience: TimeSpan.FromSeconds(1));

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Velero.Count.ShouldBe(2);
        outcome.Errors.Velero.ShouldContain(message => message.Contains($"terminating namespace {shop}", StringComparison.Ordinal));
        outcome.Errors.Velero.ShouldContain(message => message.Contains(wrong, StringComparison.Ordinal));
        outcome.Errors.Namespaces.Keys.ShouldBeEmpty();
        (await room.FindAsync("v1", "ConfigMap", room.Cluster.Name("fine"), "map")).ShouldNotBeNull();
        await room.PatchAsync("v1", "ConfigMap", shop, "held", """{"metadata":{"finalizers":null}}""");
    }

    [Fact]
    public async Task A_definition_that_never_becomes_Established_is_an_error_and_types_are_ordered_by_any_of_their_names()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.Cluster.DefineAsync("widgets", "Widget");
        await room.PutAsync(new ItemArchive()
            .AddConfigMap(shop).Add("secrets", "v1", "Secret", shop, "secret")
            .Add("customresourcedefinitions.apiextensions.k8s.io", "apiextensions.k8s.io/v1", "CustomResourceDefinition", null, $"gadgets.{room.Cluster.Group}", $$$$"""
                "spec":{"group":"{{{{room.Cluster.Group}}}}","scope":"Namespaced","names":{"plural":"gadgets","singular":"gadget","kind":"Widget","listKind":"GadgetList"},
                 "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}
                """));

        var (document, outcome) = await room.RestoreAsync(priorities: ResourcePriorities.Parse("cm,secret"), patience: TimeSpan.FromSeconds(1));

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Cluster.ShouldHaveSingleItem().ShouldContain($"gadgets.{room.Cluster.Group}");
        (await VersionAsync("ConfigMap", "map")).ShouldBeLessThan(await VersionAsync("Secret", "secret"));

        async Task<long> VersionAsync(string kind, string item) => long.Parse($"{(await room.GetAsync("v1", kind, shop, item)).At("metadata", "resourceVersion")}", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_status_comes_back_for_the_types_that_are_named_but_for_the_excluded_and_one_that_is_refused_is_a_warning()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.PutAsync(new ItemArchive()
            .Add("resourcequotas", "v1", "ResourceQuota", shop, "quota", """ "spec":{"hard":{"pods":"9"}},"status":{"hard":{"pods":"9"},"used":{"pods":"7"}}""")
            .Add("services", "v1", "Service", shop, "web", """ "spec":{"type":"LoadBalancer","ports":[{"port":80}]},"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}""")
            .Add("poddisruptionbudgets.policy", "policy/v1", "PodDisruptionBudget", shop, "budget", """
                "spec":{"minAvailable":1,"selector":{"matchLabels":{"a":"b"}}},"status":{"disruptionsAllowed":-7,"currentHealthy":1,"desiredHealthy":1,"expectedPods":1}
                """));
        if (!ClusterRoom.IsReal)
        {
            // A real API server checks the status.
            room.Cluster.Embedded.BeforeRequest = static request =>
                request.Path.EndsWith("/budget/status", StringComparison.Ordinal) ? Aeos.Embedded.Fault.Answer(422, "Invalid", "disruptionsAllowed: must not be negative") : null;
        }

        var (document, outcome) = await room.RestoreAsync(new RestoreSpec { RestoreStatus = new RestoreStatusSpec { IncludedResources = ["*"], ExcludedResources = ["resourcequotas"] } });

        document.Status.Phase.ShouldBe("Completed");
        $"{(await room.GetAsync("v1", "Service", shop, "web")).At("status", "loadBalancer", "ingress", 0, "ip")}".ShouldBe("192.0.2.1");
        $"{(await room.GetAsync("v1", "ResourceQuota", shop, "quota")).At("status", "used", "pods")}".ShouldNotBe("7");
        outcome.Warnings.Namespaces[shop].ShouldHaveSingleItem().ShouldContain("budget");
        room.Fates("policy/v1/PodDisruptionBudget").ShouldBe([$"{shop}/budget(created)"]);
    }
}
