using Aeos.Backup.Tests.Restores;
using Aeos.Embedded;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>What becomes of objects on their way: Velero 1.18, restoreItem in pkg/restore/restore.go.</summary>
public class RestoredFlowTests
{
    private const string Map = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"},"data":{"colour":"blue"}}""";

    private const string Pod = """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop"},"spec":{"priorityClassName":"gone","containers":[{"name":"c","image":"i"}],
         "volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"gone"}}]},"status":{"phase":"Running"}}
        """;

    [Fact]
    public async Task What_a_pod_needs_and_the_archive_lacks_is_a_warning_and_the_pod_is_restored()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"gone"},"value":9}""");

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("pods", Pod));

        restore.Phase.ShouldBe("Completed");
        restore.Messages("warnings", "shop").ShouldHaveSingleItem().ShouldContain("persistentvolumeclaims/shop/gone");
        restore.Messages("warnings", "cluster").ShouldHaveSingleItem().ShouldContain("gone");
        restore.Of("v1/Pod").ShouldBe(["shop/web(created)"]);
    }

    [Fact]
    public async Task A_namespace_is_made_also_for_objects_that_are_left_out_and_these_are_in_no_list()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(
            bench,
            new VeleroArchive()
                .AddItem("pods", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"done","namespace":"shop"},"spec":{"containers":[{"name":"c","image":"i"}]},"status":{"phase":"Succeeded"}}""")
                .AddItem("jobs.batch", """{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"done","namespace":"shop"},"spec":{},"status":{"completionTime":"2020-01-01T00:00:00Z"}}"""));

        bench.Cluster.Find("v1", "Namespace", null, "shop").ShouldNotBeNull();
        restore.List.AsObject().Select(static pair => pair.Key).ShouldBe(["v1/Namespace"]);
        restore.Count("errors").ShouldBe(0);
    }

    [Fact]
    public async Task What_an_action_leaves_out_is_listed_as_skipped()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(
            bench,
            new VeleroArchive()
                .AddItem("pods", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"mirror","namespace":"shop","annotations":{"kubernetes.io/config.mirror":"x"}},"spec":{"containers":[{"name":"c","image":"i"}]},"status":{"phase":"Running"}}""")
                .AddItem("persistentvolumes", """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"persistentVolumeReclaimPolicy":"Delete","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"}}}"""));

        restore.Of("v1/Pod").ShouldBe(["shop/mirror(skipped)"]);
        restore.Of("v1/PersistentVolume").ShouldBe(["pv-1(skipped)"]);
    }

    [Fact]
    public async Task Of_two_namespaces_that_become_one_an_object_is_restored_once()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(
            bench,
            new VeleroArchive().AddItem("configmaps", Map).AddItem("configmaps", Map.Replace("shop", "office", StringComparison.Ordinal)),
            new RestoreSpec { NamespaceMapping = new Dictionary<string, string> { ["shop"] = "one", ["office"] = "one" } });

        restore.Count("warnings").ShouldBe(0);
        restore.Of("v1/ConfigMap").ShouldBe(["one/settings(created)"]);
        bench.Writes.Count(static write => write.StartsWith("POST ", StringComparison.Ordinal) && write.Contains("/configmaps", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "ConfigMap:settings already exists")]
    [InlineData("none", "ConfigMap \"settings\" already exists")]
    public async Task An_object_that_differs_is_left_with_Veleros_words(string? policy, string words)
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        bench.Cluster.Seed(Map.Replace("blue", "red", StringComparison.Ordinal));

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Map), new RestoreSpec { ExistingResourcePolicy = policy });

        restore.Messages("warnings", "shop").ShouldHaveSingleItem().ShouldContain(words);
        restore.Of("v1/ConfigMap").ShouldBe(["shop/settings(failed)"]);
        ((string?)bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!["data"]!["colour"]).ShouldBe("red");
    }

    [Fact]
    public async Task Update_gives_an_object_that_is_the_same_the_labels_of_this_restore()
    {
        await using var bench = await RestoreBench.StartAsync();
        var archive = new VeleroArchive().AddItem("configmaps", Map);
        await RestoreView.RunAsync(bench, archive);

        var restore = await RestoreView.RunAsync(bench, archive, new RestoreSpec { ExistingResourcePolicy = "update" }, "twice");

        ((string?)bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!["metadata"]!["labels"]!["velero.io/restore-name"]).ShouldBe("twice");
        restore.Of("v1/ConfigMap").ShouldBe(["shop/settings(skipped)"]);
        restore.Count("warnings").ShouldBe(0);
    }

    [Fact]
    public async Task A_patch_that_is_refused_is_a_warning_and_the_labels_are_patched_alone()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"},"data":{"colour":"red"},"immutable":true}""");

        var patches = 0;
        bench.Cluster.BeforeRequest = request =>
            request.Method == "PATCH" && Interlocked.Increment(ref patches) == 1 ? Fault.Answer(422, "Invalid", "data is immutable") : null;
        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Map), new RestoreSpec { ExistingResourcePolicy = "update" });

        var item = bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!;
        ((string?)item["data"]!["colour"]).ShouldBe("red");
        ((string?)item["metadata"]!["labels"]!["velero.io/restore-name"]).ShouldBe("again");
        restore.Messages("warnings", "shop").ShouldHaveSingleItem();
        restore.Phase.ShouldBe("Completed");
        restore.Of("v1/ConfigMap").ShouldBe(["shop/settings(failed)"]);
    }

    [Fact]
    public async Task Status_is_put_back_for_the_types_that_are_named_and_where_an_annotation_says_so()
    {
        await using var bench = await RestoreBench.StartAsync();

        var restore = await RestoreView.RunAsync(
            bench,
            new VeleroArchive()
                .AddItem("poddisruptionbudgets.policy", Budget("named", "{}"))
                .AddItem("poddisruptionbudgets.policy", Budget("not", """{"velero.io/restore-status":" False "}"""))
                .AddItem("resourcequotas", Quota("annotated", """{"velero.io/restore-status":"TRUE"}"""))
                .AddItem("resourcequotas", Quota("other", """{"velero.io/restore-status":"perhaps"}""")),
            new RestoreSpec { RestoreStatus = new RestoreStatusSpec { IncludedResources = ["pdb"] } });

        restore.Count("errors").ShouldBe(0, restore.Results.ToJsonString());
        ((int?)bench.Cluster.Find("policy/v1", "PodDisruptionBudget", "shop", "named")!["status"]?["disruptionsAllowed"]).ShouldBe(7);
        bench.Cluster.Find("policy/v1", "PodDisruptionBudget", "shop", "not")!["status"]?["disruptionsAllowed"].ShouldBeNull();
        ((string?)bench.Cluster.Find("v1", "ResourceQuota", "shop", "annotated")!["status"]?["used"]?["pods"]).ShouldBe("7");
        bench.Cluster.Find("v1", "ResourceQuota", "shop", "other")!["status"]?["used"].ShouldBeNull();
    }

    [Fact]
    public async Task A_status_that_cannot_be_put_back_is_a_warning()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.BeforeRequest = static request =>
            request.Path.EndsWith("/status", StringComparison.Ordinal) ? Fault.Answer(403, "Forbidden", "no status") : null;

        var restore = await RestoreView.RunAsync(
            bench, new VeleroArchive().AddItem("resourcequotas", Quota("q", "{}")), new RestoreSpec { RestoreStatus = new RestoreStatusSpec() });

        restore.Messages("warnings", "shop").ShouldHaveSingleItem().ShouldContain("no status");
        restore.Of("v1/ResourceQuota").ShouldBe(["shop/q(created)"]);
        restore.Phase.ShouldBe("Completed");
    }

    [Fact]
    public async Task Managed_fields_are_put_back()
    {
        await using var bench = await RestoreBench.StartAsync(new EmbeddedClusterOptions { ManagedFields = true });
        const string Owners = """
            [{"manager":"kubectl","operation":"Apply","apiVersion":"v1","time":"2020-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{"f:colour":{}}}},
             {"manager":"controller","operation":"Update","apiVersion":"v1","time":"2020-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{"f:size":{}}}}]
            """;

        await RestoreView.RunAsync(bench, new VeleroArchive().AddItem(
            "configmaps",
            $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop","managedFields":{{{Owners}}}},"data":{"colour":"blue","size":"3"}}"""));

        var owners = bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!["metadata"]!["managedFields"]!.AsArray();
        owners.Select(static owner => $"{owner!["manager"]} {owner["operation"]}").Take(2).ShouldBe(["kubectl Apply", "controller Update"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_object_that_exists_and_cannot_be_read_is_a_warning()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        bench.Cluster.Seed(Map);
        bench.Cluster.BeforeRequest = static request =>
            request.Method == "GET" && request.Path.EndsWith("/configmaps/settings", StringComparison.Ordinal) ? Fault.Answer(403, "Forbidden", "no reading") : null;

        var restore = await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Map));

        restore.Messages("warnings", "shop").ShouldHaveSingleItem().ShouldContain("no reading");
        restore.Phase.ShouldBe("Completed");
    }

    [Fact]
    public async Task A_definition_that_never_becomes_established_is_an_error_under_the_cluster()
    {
        await using var bench = await RestoreBench.StartAsync();
        using var hold = bench.Cluster.HoldDefinitions();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("customresourcedefinitions.apiextensions.k8s.io", """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.org"},"spec":{"group":"example.org",
             "names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"},"scope":"Namespaced",
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """).ToBytes());

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { ResourceTimeout = TimeSpan.FromMilliseconds(200) });

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Count.ShouldBe(1);
        (await bench.ReadCompanionAsync("restores/again/restore-again-results.gz"))["errors"]!["cluster"]!.ToJsonString().ShouldContain("widgets.example.org");
    }

    [Fact]
    public async Task Five_records_are_left_under_Veleros_names()
    {
        await using var bench = await RestoreBench.StartAsync();

        await RestoreView.RunAsync(bench, new VeleroArchive().AddItem("configmaps", Map));

        foreach (var key in (string[])["restore-again-logs.gz", "restore-again-results.gz", "restore-again-resource-list.json.gz", "restore-again-itemoperations.json.gz", "again-volumeinfo.json.gz"])
        {
            (await bench.Location.Store.ExistsAsync($"restores/again/{key}", CancellationToken.None)).ShouldBeTrue(key);
        }
    }

    private static string Budget(string name, string annotations) =>
        $$$"""{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"{{{name}}}","namespace":"shop","annotations":{{{annotations}}}},"spec":{"minAvailable":1,"selector":{}},"status":{"disruptionsAllowed":7,"currentHealthy":1,"desiredHealthy":1,"expectedPods":1} }""";

    private static string Quota(string name, string annotations) =>
        $$$$"""{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"{{{{name}}}}","namespace":"shop","annotations":{{{{annotations}}}}},"spec":{"hard":{"pods":"9"}},"status":{"used":{"pods":"7"}}}""";
}
