using Aeos.Backup.Restores;
using Aeos.Embedded;

namespace Aeos.Backup.Tests.Restores.Preparing;

/// <summary>Rules whose point is what the API server and its controllers make of the result.</summary>
public sealed class PreparedRestoreTests
{
    private const string Account = """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"web","namespace":"shop"},"secrets":[{"name":"web-token-x1"}]}""";

    private static string Token(string name) => $$$"""
        {"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/service-account-token","metadata":{"name":"{{{name}}}","namespace":"shop",
         "annotations":{"kubernetes.io/service-account.name":"web","kubernetes.io/service-account.uid":"of-the-old-cluster"}},"data":{"token":"b2xk","ca.crt":"b2xk","namespace":"c2hvcA=="} }
        """;

    private static string Volume(string policy) => $$$"""
        {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1","annotations":{"pv.kubernetes.io/bound-by-controller":"yes"} },
         "spec":{"persistentVolumeReclaimPolicy":"{{{policy}}}","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},"storageClassName":"fast",
         "claimRef":{"kind":"PersistentVolumeClaim","namespace":"shop","name":"data","uid":"u","resourceVersion":"7"} },"status":{"phase":"Bound"} }
        """;

    private const string Claim = """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop","annotations":{"pv.kubernetes.io/bind-completed":"yes"}},
         "spec":{"volumeName":"pv-1","storageClassName":"fast","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}},"status":{"phase":"Bound"}}
        """;

    private const string StorageClass = """{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"fast"},"provisioner":"example.org/p","reclaimPolicy":"Delete"}""";

    private static string Config(string name, string action, string data) => $$$"""
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"velero","labels":{"velero.io/plugin-config":"","{{{action}}}":"RestoreItemAction"} },"data":{{{data}}} }
        """;

    private static async Task<RestoreOutcome> RestoreAsync(RestoreBench bench, VeleroArchive archive, RestoreOptions? options = null)
    {
        await bench.PutBackupAsync(archive.ToBytes());
        await bench.Cluster.SettleAsync();
        return (await bench.RestoreAsync(options)).Outcome;
    }

    private static IEnumerable<string> Errors(RestoreOutcome outcome) => outcome.Errors.Namespaces.SelectMany(static pair => pair.Value);

    [Fact]
    public async Task A_job_runs_again_and_selects_its_own_pods()
    {
        await using var bench = await RestoreBench.StartAsync();

        var outcome = await RestoreAsync(bench, new VeleroArchive().AddItem("jobs.batch", """
            {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"import","namespace":"shop","uid":"old"},"spec":{
             "selector":{"matchLabels":{"batch.kubernetes.io/controller-uid":"old"}},
             "template":{"metadata":{"labels":{"batch.kubernetes.io/controller-uid":"old","controller-uid":"old","batch.kubernetes.io/job-name":"import","job-name":"import"}},
             "spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}},"status":{"active":1}}
            """));

        Errors(outcome).ShouldBeEmpty();
        var job = bench.Cluster.Find("batch/v1", "Job", "shop", "import")!;
        ((string?)job["spec"]!["selector"]!["matchLabels"]!["batch.kubernetes.io/controller-uid"]).ShouldBe((string?)job["metadata"]!["uid"]);
    }

    [Fact]
    public async Task A_token_that_somebody_asked_for_is_filled_by_the_new_cluster_and_one_that_the_old_cluster_made_is_left_out()
    {
        await using var bench = await RestoreBench.StartAsync();

        var outcome = await RestoreAsync(bench, new VeleroArchive().AddItem("serviceaccounts", Account).AddItem("secrets", Token("web-token-x1")).AddItem("secrets", Token("mine")));

        Errors(outcome).ShouldBeEmpty();
        bench.Cluster.Find("v1", "Secret", "shop", "web-token-x1").ShouldBeNull();
        var token = bench.Cluster.Find("v1", "Secret", "shop", "mine")!;
        ((string?)token["data"]!["token"]).ShouldNotBeNull().ShouldNotBe("b2xk");
        ((string?)token["metadata"]!["annotations"]!["kubernetes.io/service-account.uid"])
            .ShouldBe((string?)bench.Cluster.Find("v1", "ServiceAccount", "shop", "web")!["metadata"]!["uid"]);
    }

    [Fact]
    public async Task A_cluster_that_makes_tokens_by_itself_makes_the_accounts_token()
    {
        await using var bench = await RestoreBench.StartAsync(new EmbeddedClusterOptions { TokenForEachAccount = true });

        await RestoreAsync(bench, new VeleroArchive().AddItem("serviceaccounts", Account).AddItem("secrets", Token("web-token-x1")));

        var names = bench.Cluster.Find("v1", "ServiceAccount", "shop", "web")!["secrets"]!.AsArray().Select(secret => (string)secret!["name"]!).ToList();
        names.ShouldHaveSingleItem().ShouldStartWith("web-token-");
        names.ShouldNotContain("web-token-x1");
    }

    [Fact]
    public async Task A_claim_whose_volume_went_with_it_gets_a_new_one_of_its_class()
    {
        await using var bench = await RestoreBench.StartAsync();

        var outcome = await RestoreAsync(
            bench, new VeleroArchive().AddItem("storageclasses.storage.k8s.io", StorageClass).AddItem("persistentvolumes", Volume("Delete")).AddItem("persistentvolumeclaims", Claim));

        Errors(outcome).ShouldBeEmpty();
        bench.Cluster.Find("v1", "PersistentVolume", null, "pv-1").ShouldBeNull();
        var claim = bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data")!;
        ((string?)claim["status"]!["phase"]).ShouldBe("Bound");
        ((string?)claim["spec"]!["volumeName"]).ShouldBe($"pvc-{claim["metadata"]!["uid"]}");
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("copy")]
    public async Task A_kept_volume_is_bound_by_its_claim_again_wherever_that_goes(string target)
    {
        await using var bench = await RestoreBench.StartAsync();

        var outcome = await RestoreAsync(
            bench, new VeleroArchive().AddItem("persistentvolumes", Volume("Retain")).AddItem("persistentvolumeclaims", Claim), Preparation.Mapping("shop", target));

        Errors(outcome).ShouldBeEmpty();
        var claim = bench.Cluster.Find("v1", "PersistentVolumeClaim", target, "data")!;
        ((string?)claim["status"]!["phase"]).ShouldBe("Bound");
        var reference = bench.Cluster.Find("v1", "PersistentVolume", null, "pv-1")!["spec"]!["claimRef"]!;
        ((string?)reference["uid"]).ShouldBe((string?)claim["metadata"]!["uid"]);
        ((string?)reference["namespace"]).ShouldBe(target);
    }

    [Fact]
    public async Task Storage_classes_are_mapped_by_a_config_map_in_the_servers_namespace()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"velero"}}""");
        bench.Cluster.Seed(Config("classes", "velero.io/change-storage-class", """{"fast":"there","slow":"missing"}"""));
        bench.Cluster.Seed(StorageClass.Replace("\"fast\"", "\"there\"", StringComparison.Ordinal));

        var outcome = await RestoreAsync(bench, new VeleroArchive()
            .AddItem("persistentvolumeclaims", Claim.Replace("\"volumeName\":\"pv-1\",", "", StringComparison.Ordinal))
            .AddItem("persistentvolumeclaims", Claim.Replace("\"volumeName\":\"pv-1\",", "", StringComparison.Ordinal)
                .Replace("\"data\"", "\"other\"", StringComparison.Ordinal).Replace("\"fast\"", "\"slow\"", StringComparison.Ordinal)));

        ((string?)bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data")!["spec"]!["storageClassName"]).ShouldBe("there");
        bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "other").ShouldBeNull();
        Errors(outcome).ShouldHaveSingleItem().ShouldContain("error preparing persistentvolumeclaims/shop/other: error getting storage class missing from API");
    }

    [Fact]
    public async Task Two_config_maps_for_images_are_an_error_for_each_object_that_has_images_and_for_no_other()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"velero"}}""");
        bench.Cluster.Seed(Config("one", "velero.io/change-image-name", """{"a":"i,j"}"""));
        bench.Cluster.Seed(Config("two", "velero.io/change-image-name", """{"a":"i,k"}"""));

        var outcome = await RestoreAsync(bench, new VeleroArchive()
            .AddItem("configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"}}""")
            .AddItem("pods", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop"},"spec":{"containers":[{"name":"c","image":"i"}]}}"""));

        Errors(outcome).ShouldHaveSingleItem().ShouldContain("found more than one ConfigMap matching label selector \"velero.io/plugin-config,velero.io/change-image-name=RestoreItemAction\": one, two");
        bench.Cluster.Find("v1", "ConfigMap", "shop", "settings").ShouldNotBeNull();
    }

    [Fact]
    public async Task Images_are_mapped_by_a_config_map_in_the_servers_namespace()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"velero"}}""");
        bench.Cluster.Seed(Config("images", "velero.io/change-image-name", """{"a":"old.example.org,new.example.org"}"""));

        await RestoreAsync(bench, new VeleroArchive().AddItem("pods", """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop"},"spec":{"containers":[{"name":"c","image":"old.example.org/web"}]}}
            """));

        ((string?)bench.Cluster.Find("v1", "Pod", "shop", "web")!["spec"]!["containers"]![0]!["image"]).ShouldBe("new.example.org/web");
    }

    [Fact]
    public async Task A_service_whose_last_applied_configuration_is_no_JSON_is_an_error_and_is_not_restored()
    {
        await using var bench = await RestoreBench.StartAsync();

        var outcome = await RestoreAsync(bench, new VeleroArchive().AddItem("services", """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"shop","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{"}},
             "spec":{"type":"NodePort","ports":[{"port":80,"nodePort":30080}]}}
            """));

        Errors(outcome).ShouldHaveSingleItem().ShouldContain("error preparing services/shop/web");
        bench.Cluster.Find("v1", "Service", "shop", "web").ShouldBeNull();
    }

    [Fact]
    public async Task A_definition_that_kept_unknown_fields_is_served_and_its_objects_keep_theirs()
    {
        await using var bench = await RestoreBench.StartAsync();

        var outcome = await RestoreAsync(bench, new VeleroArchive()
            .AddItem("customresourcedefinitions.apiextensions.k8s.io", """
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.org"},"spec":{"group":"example.org","preserveUnknownFields":true,
                 "names":{"kind":"Widget","plural":"widgets","singular":"widget","listKind":"WidgetList"},"scope":"Namespaced",
                 "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
                """)
            .AddItem("widgets.example.org", """{"apiVersion":"example.org/v1","kind":"Widget","metadata":{"name":"one","namespace":"shop"},"spec":{"size":3}}"""));

        Errors(outcome).ShouldBeEmpty();
        var spec = bench.Cluster.Find("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, "widgets.example.org")!["spec"]!;
        ((bool?)spec["preserveUnknownFields"]).ShouldNotBe(true);
        ((bool?)spec["versions"]![0]!["schema"]!["openAPIV3Schema"]!["x-kubernetes-preserve-unknown-fields"]).ShouldBe(true);
        bench.Cluster.Find("example.org/v1", "Widget", "shop", "one").ShouldNotBeNull();
    }
}
