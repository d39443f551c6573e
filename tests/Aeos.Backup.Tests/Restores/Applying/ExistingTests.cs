using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Reporting;
using Aeos.Embedded;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>Objects that are in the cluster already.</summary>
public class ExistingTests
{
    private const string Account = """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"runner","namespace":"shop","labels":{"of":"backup","more":"yes"}},"secrets":[{"name":"b"}],"imagePullSecrets":[{"name":"registry"}]}""";

    [Theory]
    [InlineData(null, "could not restore, ConfigMap:one already exists. Warning: the in-cluster version is different than the backed-up version")]
    [InlineData("none", "could not restore, ConfigMap \"one\" already exists. Warning: the in-cluster version is different than the backed-up version")]
    public async Task One_that_differs_is_left_with_Veleros_warning(string? policy, string warning)
    {
        await using var bench = await StartAsync(Manifests.ConfigMap("one", value: "red"));

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Spec with { ExistingResourcePolicy = policy });

        document.Status.Phase.ShouldBe("Completed");
        outcome.Warnings.Namespaces["shop"].ShouldBe([warning]);
        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Failed);
        bench.Writes.ShouldNotContain(static write => write.StartsWith("PATCH", StringComparison.Ordinal) || write.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_the_same_is_skipped_in_silence_whatever_restore_it_came_from()
    {
        await using var bench = await StartAsync(Manifests.ConfigMap("one", labels: """{"velero.io/restore-name":"older","velero.io/backup-name":"older"}"""));

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Warnings.Count.ShouldBe(0);
        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Skipped);
        Label(bench).ShouldBe("older");
    }

    [Fact]
    public async Task With_update_one_that_is_the_same_gets_this_restores_labels()
    {
        await using var bench = await StartAsync(Manifests.ConfigMap("one"));

        var (_, outcome) = await bench.RestoreAsync(RestoreBench.Spec with { ExistingResourcePolicy = "update" });

        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Skipped);
        Label(bench).ShouldBe("again");
    }

    [Fact]
    public async Task With_update_one_that_differs_becomes_what_the_backup_has()
    {
        await using var bench = await StartAsync(Manifests.ConfigMap("one", value: "red", labels: """{"extra":"here"}"""));

        var (_, outcome) = await bench.RestoreAsync(RestoreBench.Spec with { ExistingResourcePolicy = "update" });

        var there = bench.Cluster.Find("v1", "ConfigMap", "shop", "one")!;
        ((string?)there["data"]!["colour"]).ShouldBe("blue");
        there["metadata"]!["labels"]!["extra"].ShouldBeNull();
        Label(bench).ShouldBe("again");
        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Updated);
    }

    [Fact]
    public async Task With_update_one_that_cannot_be_changed_is_a_warning_and_gets_the_labels()
    {
        await using var bench = await StartAsync(Manifests.ConfigMap("one", value: "red"));
        var refused = 0;
        bench.Fault = request => request.Method == "PATCH" && refused++ == 0 ? Fault.Answer(422, "Invalid", "field is immutable") : null;

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Spec with { ExistingResourcePolicy = "update" });

        document.Status.Phase.ShouldBe("Completed");
        outcome.Warnings.Namespaces["shop"].Single().ShouldContain("field is immutable");
        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Failed);
        Label(bench).ShouldBe("again");
    }

    // As Velero's, which warns of each kube-root-ca.crt: the cluster made one of its own, at another time.
    [Theory]
    [InlineData("kubectl", "2020-01-01T00:00:00Z", "{}", ItemAction.Skipped)]
    [InlineData("kubectl", "2026-02-02T00:00:00Z", "{}", ItemAction.Failed)]
    [InlineData("kubectl", "2026-02-02T00:00:00Z", """{"velero.io/restore-name":"older","velero.io/backup-name":"nightly"}""", ItemAction.Skipped)]
    [InlineData("helm", "2020-01-01T00:00:00Z", """{"velero.io/restore-name":"older","velero.io/backup-name":"nightly"}""", ItemAction.Failed)]
    public async Task Who_owned_which_field_counts_and_when_only_where_no_restore_made_the_object(string manager, string time, string labels, ItemAction action)
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Namespace("shop"));
        bench.Cluster.Seed(Manifests.ConfigMap("one", labels: labels, metadata: Owners(manager, time)));
        await bench.PutBackupAsync(new VeleroArchive().AddItem("configmaps", Manifests.ConfigMap("one", metadata: Owners("kubectl", "2020-01-01T00:00:00Z"))).ToBytes());

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(action);
        outcome.Warnings.Count.ShouldBe(action == ItemAction.Failed ? 1 : 0);
    }

    [Fact]
    public async Task Service_accounts_are_merged_and_what_the_cluster_has_stays()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Namespace("shop"));
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"runner","namespace":"shop","labels":{"of":"cluster"}},"secrets":[{"name":"a"}]}""");
        await bench.PutBackupAsync(new VeleroArchive().AddItem("serviceaccounts", Account).ToBytes());

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Warnings.Count.ShouldBe(0);
        outcome.Items.Find("v1", "ServiceAccount", "shop", "runner").ShouldBe(ItemAction.Updated);
        var account = bench.Cluster.Find("v1", "ServiceAccount", "shop", "runner")!;
        account["secrets"]!.AsArray().Select(static secret => (string)secret!["name"]!).ShouldBe(["a", "b"]);
        ((string?)account["imagePullSecrets"]![0]!["name"]).ShouldBe("registry");
        ((string?)account["metadata"]!["labels"]!["of"]).ShouldBe("cluster");
        ((string?)account["metadata"]!["labels"]!["more"]).ShouldBe("yes");
    }

    [Fact]
    public async Task A_service_whose_own_port_is_taken_by_itself_exists_and_one_whose_port_another_has_is_an_error()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Namespace("shop"));
        bench.Cluster.Seed(Service("web", 30080));
        bench.Cluster.Seed(Service("other", 30081));
        await bench.PutBackupAsync(new VeleroArchive().AddItem("services", Service("web", 30080)).AddItem("services", Service("lost", 30081)).ToBytes());

        var (_, outcome) = await bench.RestoreAsync(RestoreBench.Spec with { PreserveNodePorts = true });

        outcome.Errors.Namespaces["shop"].Single().ShouldContain("services/shop/lost");
        outcome.Errors.Namespaces["shop"].Single().ShouldContain("provided port is already allocated");
        outcome.Warnings.Namespaces["shop"].Single().ShouldContain("Service:web already exists");
    }

    [Fact]
    public async Task An_object_whose_creation_is_refused_for_another_reason_counts_as_existing_when_it_is_there()
    {
        await using var bench = await StartAsync(Manifests.ConfigMap("one"));
        bench.Fault = static request => request.Method == "POST" && request.Path.EndsWith("configmaps", StringComparison.Ordinal)
            ? Fault.Answer(403, "Forbidden", "exceeded quota: configmaps") : null;

        var (document, outcome) = await bench.RestoreAsync();

        document.Status.Phase.ShouldBe("Completed");
        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Skipped);
    }

    [Fact]
    public async Task One_that_goes_away_between_two_requests_is_made()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("configmaps", Manifests.ConfigMap("one")).ToBytes());
        var refused = 0;
        bench.Fault = request => request.Method == "POST" && request.Path.EndsWith("configmaps", StringComparison.Ordinal) && refused++ == 0
            ? Fault.Answer(409, "AlreadyExists", "configmaps \"one\" already exists") : null;

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Created);
    }

    [Fact]
    public async Task Objects_of_a_type_that_are_there_take_one_look_each_after_the_first()
    {
        await using var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Namespace("shop"));
        var archive = new VeleroArchive();
        for (var i = 0; i < 10; i++)
        {
            bench.Cluster.Seed(Manifests.ConfigMap($"c{i}"));
            archive.AddItem("configmaps", Manifests.ConfigMap($"c{i}"));
        }

        await bench.PutBackupAsync(archive.AddItem("configmaps", Manifests.ConfigMap("new")).ToBytes());
        var requests = new List<string>();
        bench.Fault = request =>
        {
            if (request.Path.StartsWith("/api/v1/namespaces/shop/configmaps", StringComparison.Ordinal))
            {
                requests.Add(request.Method);
            }

            return null;
        };

        var (_, outcome) = await bench.RestoreAsync(RestoreBench.Options with { Workers = 1 });

        outcome.Items.CountOf(ItemAction.Skipped).ShouldBe(10);
        outcome.Items.Find("v1", "ConfigMap", "shop", "new").ShouldBe(ItemAction.Created);
        requests.Count(static method => method == "POST").ShouldBe(2);
        requests.Count(static method => method == "GET").ShouldBe(11);
    }

    [Fact]
    public async Task A_restore_run_again_changes_nothing_and_warns_of_nothing()
    {
        await using var bench = await RestoreBench.StartAsync(new EmbeddedClusterOptions { ManagedFields = true });
        await bench.PutBackupAsync(new VeleroArchive()
            .AddItem("configmaps", Manifests.ConfigMap("one", metadata: Owners("kubectl", "2020-01-01T00:00:00Z")))
            .AddItem("services", Service("web", 30080))
            .AddItem("serviceaccounts", Account)
            .ToBytes());
        await bench.RestoreAsync(RestoreBench.Spec with { PreserveNodePorts = true });

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Options with { Name = "once-more" });

        document.Status.Phase.ShouldBe("Completed");
        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Skipped);
        outcome.Warnings.Namespaces.GetValueOrDefault("shop")?.ShouldNotContain(static warning => warning.Contains("ConfigMap", StringComparison.Ordinal));
    }

    private static string Owners(string manager, string time) =>
        $$$""","managedFields":[{"manager":"{{{manager}}}","operation":"Update","apiVersion":"v1","time":"{{{time}}}","fieldsType":"FieldsV1","fieldsV1":{"f:data":{} } }]""";

    private static string Service(string name, int port) =>
        $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"{{{name}}}","namespace":"shop"},"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":{{{port}}} }] } }""";

    private static string? Label(RestoreBench bench) =>
        (string?)(bench.Cluster.Find("v1", "ConfigMap", "shop", "one")!["metadata"]!["labels"] as JsonObject)?["velero.io/restore-name"];

    private static async Task<RestoreBench> StartAsync(string there)
    {
        var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed(Manifests.Namespace("shop"));
        bench.Cluster.Seed(there);
        await bench.PutBackupAsync(new VeleroArchive().AddItem("configmaps", Manifests.ConfigMap("one")).ToBytes());
        return bench;
    }
}
