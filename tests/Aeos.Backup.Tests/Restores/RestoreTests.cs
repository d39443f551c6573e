using Aeos.Backup.Restores.Reporting;
using Aeos.Velero.Layout;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Restores;

public class RestoreTests
{
    private const string Namespace = """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","uid":"u0","labels":{"team":"a","kubernetes.io/metadata.name":"shop"},"annotations":{"note":"kept"}}}""";
    private const string Secret = """{"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"password","namespace":"shop","uid":"u1","resourceVersion":"7","creationTimestamp":"2020-01-01T00:00:00Z","labels":{"app":"shop"},"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"gone","uid":"u9"}],"managedFields":[{"manager":"kubectl","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{}}]},"data":{"password":"c2VjcmV0"}}""";
    private const string ConfigMap = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"},"data":{"colour":"blue"}}""";
    private const string Definition = """{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.org"},"spec":{"group":"example.org","names":{"kind":"Widget","plural":"widgets","singular":"widget","listKind":"WidgetList"},"scope":"Namespaced","versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}""";
    private const string Widget = """{"apiVersion":"example.org/v1","kind":"Widget","metadata":{"name":"one","namespace":"shop"},"spec":{"size":3}}""";

    private static VeleroArchive Shop(bool hasPreferredVersions = true) => new VeleroArchive(hasPreferredVersions)
        .AddItem("widgets.example.org", Widget)
        .AddItem("secrets", Secret)
        .AddItem("configmaps", ConfigMap)
        .AddItem("namespaces", Namespace)
        .AddItem("customresourcedefinitions.apiextensions.k8s.io", Definition);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_backup_of_Veleros_is_restored_with_its_namespace_definitions_and_custom_resources(bool hasPreferredVersions)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Shop(hasPreferredVersions).ToBytes());

        var (document, outcome) = await bench.RestoreAsync();

        outcome.Errors.Count.ShouldBe(0);
        document.Status.Phase.ShouldBe("Completed");
        var ns = bench.Cluster.Find("v1", "Namespace", null, "shop")!;
        ((string?)ns["metadata"]!["labels"]!["team"]).ShouldBe("a");
        ((string?)ns["metadata"]!["annotations"]!["note"]).ShouldBe("kept");
        var secret = bench.Cluster.Find("v1", "Secret", "shop", "password")!;
        ((string?)secret["data"]!["password"]).ShouldBe("c2VjcmV0");
        var metadata = secret["metadata"]!;
        ((string?)metadata["uid"]).ShouldNotBe("u1");
        metadata["ownerReferences"].ShouldBeNull();
        ((string?)metadata["labels"]!["velero.io/backup-name"]).ShouldBe("nightly");
        ((string?)metadata["labels"]!["velero.io/restore-name"]).ShouldBe("again");
        ((int)bench.Cluster.Find("example.org/v1", "Widget", "shop", "one")!["spec"]!["size"]!).ShouldBe(3);
        Directory.GetFiles(bench.SpoolFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_asked_for_and_not_in_the_backup_is_warned_of()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Shop().ToBytes());

        var spec = RestoreBench.Spec with { IncludedNamespaces = ["shop", "shpo"], IncludeClusterResources = true, IncludedResources = ["widgets", "cm", "customresourcedefinitions", "ingresses", "no*"] };
        var (document, outcome) = await bench.RestoreAsync(spec);

        document.Status.Phase.ShouldBe("Completed");
        outcome.Warnings.Velero.Count.ShouldBe(2);
        outcome.Warnings.Velero.ShouldContain(warning => warning.Contains("the namespace \"shpo\"", StringComparison.Ordinal));
        outcome.Warnings.Velero.ShouldContain(warning => warning.Contains("\"ingresses\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_results_and_the_resource_list_are_left_in_the_bucket_under_Veleros_names()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Shop().ToBytes());

        await bench.RestoreAsync();

        var keys = new RestoreKeys("again");
        (await bench.ReadTextAsync("restores/again/restore-again-logs.gz")).ShouldContain("msg=\"created secrets/shop/password\"");
        (await bench.ReadCompanionAsync("restores/again/restore-again-results.gz")).ContainsKey("errors").ShouldBeTrue();
        var list = await bench.ReadCompanionAsync("restores/again/restore-again-resource-list.json.gz");
        list["v1/Secret"]!.AsArray().Select(name => (string)name!).ShouldBe(["shop/password(created)"]);
        list["v1/Namespace"]!.AsArray().Select(name => (string)name!).ShouldBe(["shop(created)"]);
        (await bench.Location.Store.ExistsAsync(keys.Document, CancellationToken.None)).ShouldBeTrue();
        await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync());
    }

    [Fact]
    public async Task Namespaces_are_mapped_and_filters_choose()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Shop().AddItem("configmaps", ConfigMap.Replace("shop", "other", StringComparison.Ordinal)).ToBytes());

        var (_, outcome) = await bench.RestoreAsync(RestoreBench.Spec with
        {
            IncludedNamespaces = ["shop"],
            NamespaceMapping = new Dictionary<string, string> { ["shop"] = "copy" },
            ExcludedResources = ["cm"],
            LabelSelector = new LabelSelector { MatchExpressions = [new LabelRequirement { Key = "app", Operator = "In", Values = ["shop", "none"] }] },
        });

        outcome.Errors.Count.ShouldBe(0);
        bench.Cluster.Find("v1", "Secret", "copy", "password").ShouldNotBeNull();
        bench.Cluster.Find("v1", "ConfigMap", "copy", "settings").ShouldBeNull();
        bench.Cluster.Find("v1", "Namespace", null, "other").ShouldBeNull();
        bench.Cluster.Find("v1", "Namespace", null, "shop").ShouldBeNull();
        bench.Cluster.Find("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, "widgets.example.org").ShouldBeNull();
    }

    [Theory]
    [InlineData(false, "red")]
    [InlineData(true, "blue")]
    public async Task What_exists_and_differs_is_left_with_a_warning_or_updated(bool update, string colour)
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        bench.Cluster.Seed(ConfigMap.Replace("blue", "red", StringComparison.Ordinal));
        await bench.PutBackupAsync(Shop().ToBytes());

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Spec with { ExistingResourcePolicy = update ? "update" : "none" });

        document.Status.Phase.ShouldBe("Completed");
        ((string?)bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!["data"]!["colour"]).ShouldBe(colour);
        outcome.Warnings.Namespaces.ContainsKey("shop").ShouldBe(!update);
        outcome.Items.CountOf(ItemAction.Updated).ShouldBe(update ? 1 : 0);
    }

    [Fact]
    public async Task A_namespace_that_is_going_away_is_waited_for()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        await bench.PutBackupAsync(Shop().ToBytes());
        var hold = bench.Cluster.HoldNamespaces();
        await bench.Client.DeleteAsync(Kubernetes.Requests.WellKnownResources.Namespaces, null, "shop");
        var asked = new TaskCompletionSource();
        bench.Cluster.BeforeRequest = request =>
        {
            if (request.Path.EndsWith("/namespaces/shop", StringComparison.Ordinal) && request.Method == "GET")
            {
                asked.TrySetResult();
            }

            return null;
        };

        var restore = bench.RestoreAsync();
        await Task.WhenAny(asked.Task, restore);
        restore.IsCompleted.ShouldBeFalse();
        hold.Dispose();
        var (document, _) = await restore;

        document.Status.Phase.ShouldBe("Completed");
        bench.Cluster.Find("v1", "Secret", "shop", "password").ShouldNotBeNull();
    }

    [Fact]
    public async Task What_was_given_by_the_old_cluster_is_given_anew()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Shop()
            .AddItem("services", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"shop","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"spec\":{\"ports\":[{\"name\":\"chosen\",\"port\":80,\"nodePort\":30080}]}}"}},"spec":{"type":"NodePort","clusterIP":"10.96.7.7","clusterIPs":["10.96.7.7"],"ports":[{"name":"chosen","port":80,"nodePort":30080},{"name":"given","port":81,"nodePort":31234}]}}""")
            .AddItem("pods", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"done","namespace":"shop"},"spec":{"containers":[{"name":"c","image":"i"}]},"status":{"phase":"Succeeded"}}""")
            .AddItem("pods", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop"},"spec":{"nodeName":"old","containers":[{"name":"c","image":"i"}]},"status":{"phase":"Running"}}""")
            .AddItem("nodes", """{"apiVersion":"v1","kind":"Node","metadata":{"name":"old"}}""")
            .AddItem("persistentvolumes", """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"persistentVolumeReclaimPolicy":"Delete","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"},"claimRef":{"namespace":"shop","name":"data","uid":"u3"}}}""")
            .AddItem("persistentvolumeclaims", """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"shop","annotations":{"pv.kubernetes.io/bind-completed":"yes"}},"spec":{"volumeName":"pv-1","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}},"status":{"phase":"Bound"}}""")
            .ToBytes());

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Errors.Count.ShouldBe(0, string.Join("; ", outcome.Errors.Namespaces.SelectMany(pair => pair.Value)));
        var spec = bench.Cluster.Find("v1", "Service", "shop", "web")!["spec"]!;
        ((string?)spec["clusterIP"]).ShouldNotBe("10.96.7.7");
        ((int)spec["ports"]![0]!["nodePort"]!).ShouldBe(30080);
        ((int)spec["ports"]![1]!["nodePort"]!).ShouldNotBe(31234);
        bench.Cluster.Find("v1", "Pod", "shop", "done").ShouldBeNull();
        ((string?)bench.Cluster.Find("v1", "Pod", "shop", "web")!["spec"]!["nodeName"]).ShouldNotBe("old");
        bench.Cluster.Find("v1", "Node", null, "old").ShouldBeNull();
        bench.Cluster.Find("v1", "PersistentVolume", null, "pv-1").ShouldBeNull();
        ((string?)bench.Cluster.Find("v1", "PersistentVolumeClaim", "shop", "data")!["spec"]!["volumeName"]).ShouldNotBe("pv-1");
    }

    [Fact]
    public async Task The_default_service_account_gets_what_the_backups_has_besides()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Shop()
            .AddItem("serviceaccounts", """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default","namespace":"shop","annotations":{"a":"b"}},"secrets":[{"name":"default-token-abcde"}],"imagePullSecrets":[{"name":"registry"}]}""")
            .ToBytes());

        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        await bench.Cluster.SettleAsync();
        var (_, outcome) = await bench.RestoreAsync();

        outcome.Errors.Count.ShouldBe(0);
        var account = bench.Cluster.Find("v1", "ServiceAccount", "shop", "default")!;
        ((string?)account["imagePullSecrets"]![0]!["name"]).ShouldBe("registry");
        ((string?)account["metadata"]!["annotations"]!["a"]).ShouldBe("b");
        (account["secrets"]?.AsArray().Any(secret => (string?)secret!["name"] == "default-token-abcde") ?? false).ShouldBeFalse();
    }

    [Fact]
    public async Task An_item_whose_type_cannot_be_served_is_an_error_and_the_rest_is_restored()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Shop().AddItem("gadgets.example.net", """{"apiVersion":"example.net/v1","kind":"Gadget","metadata":{"name":"g","namespace":"shop"}}""").ToBytes());

        var (document, outcome) = await bench.RestoreAsync();

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Namespaces["shop"].Single().ShouldContain("gadgets.example.net/shop/g");
        bench.Cluster.Find("v1", "Secret", "shop", "password").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_backup_with_volume_data_says_loudly_that_claims_come_back_empty()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Shop().ToBytes());
        await bench.PutAsync(new BackupKeys("nightly").PodVolumeBackups, Gzip("""[{"kind":"PodVolumeBackup"}]"""));

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Warnings.Velero.Single().ShouldContain("NOT RESTORED");
    }

    [Fact]
    public async Task What_cannot_be_read_of_volumes_is_said_loudly_and_keeps_no_object_from_coming_back()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(Shop().ToBytes());
        await bench.PutAsync(new BackupKeys("nightly").PodVolumeBackups, "no gzip"u8.ToArray());
        await bench.PutAsync(new BackupKeys("nightly").VolumeInfo, Gzip("{"));

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Warnings.Velero.Count.ShouldBe(2);
        outcome.Warnings.Velero.ShouldAllBe(static warning => warning.Contains("NOT KNOWN WHICH VOLUMES", StringComparison.Ordinal));
        bench.Cluster.Find("v1", "Secret", "shop", "password").ShouldNotBeNull();
    }

    private static byte[] Gzip(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
