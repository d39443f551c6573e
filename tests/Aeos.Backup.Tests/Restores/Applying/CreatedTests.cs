using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Reporting;
using Aeos.Embedded;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Restores.Applying;

/// <summary>What is done with an object that is new: how many requests it takes, its status, and the owners of its fields.</summary>
public class CreatedTests
{
    private const string One = """[{"manager":"kubectl","operation":"Update","apiVersion":"v1","time":"2020-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{}}}]""";
    private const string Two = """[{"manager":"helm","operation":"Apply","apiVersion":"v1","time":"2020-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{}}}]""";

    [Theory]
    [InlineData("")]
    [InlineData(One)]
    public async Task An_object_that_one_manager_wrote_takes_one_request_and_is_that_managers_again(string owners)
    {
        await using var bench = await RestoreBench.StartAsync(new EmbeddedClusterOptions { ManagedFields = true });
        bench.Cluster.Seed(Manifests.Namespace("shop"));
        await bench.PutBackupAsync(WithOwners(owners));
        var requests = new List<string>();
        bench.Fault = request =>
        {
            if (request.Path.Contains("/configmaps", StringComparison.Ordinal) && request.Path.Contains("/shop/", StringComparison.Ordinal))
            {
                requests.Add(request.Method);
            }

            return null;
        };

        await bench.RestoreAsync();

        requests.ShouldBe(["POST"]);
        var managers = bench.Cluster.Find("v1", "ConfigMap", "shop", "one")!["metadata"]!["managedFields"]!.AsArray();
        ((string)managers.Single()!["manager"]!).ShouldBe(owners.Length == 0 ? "aeos" : "kubectl");
    }

    [Fact]
    public async Task The_owners_of_other_objects_are_put_back_as_they_were()
    {
        await using var bench = await RestoreBench.StartAsync(new EmbeddedClusterOptions { ManagedFields = true });
        await bench.PutBackupAsync(WithOwners(Two));

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Created);
        JsonNode.DeepEquals(bench.Cluster.Find("v1", "ConfigMap", "shop", "one")!["metadata"]!["managedFields"], JsonNode.Parse(Two)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(404, false)]
    [InlineData(500, true)]
    public async Task Owners_that_cannot_be_put_back_are_said_under_Veleros_heading(int answer, bool isError)
    {
        await using var bench = await RestoreBench.StartAsync(new EmbeddedClusterOptions { ManagedFields = true });
        await bench.PutBackupAsync(WithOwners(Two));
        bench.Fault = request => request.Method == "PATCH" ? Fault.Answer(answer, answer == 404 ? "NotFound" : "InternalError", "no") : null;

        var (_, outcome) = await bench.RestoreAsync();

        outcome.Errors.Count.ShouldBe(isError ? 1 : 0);
        outcome.Warnings.Count.ShouldBe(isError ? 0 : 1);
        outcome.Items.Find("v1", "ConfigMap", "shop", "one").ShouldBe(ItemAction.Created);
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("deployments", "", true)]
    [InlineData("*", "", true)]
    [InlineData("*", "False", false)]
    [InlineData("", " true ", true)]
    [InlineData("", "perhaps", false)]
    public async Task A_status_is_restored_where_the_spec_or_the_objects_annotation_says_so(string included, string annotation, bool isRestored)
    {
        await using var bench = await RestoreBench.StartAsync();
        var annotations = annotation.Length == 0 ? "" : $$$""","annotations":{"velero.io/restore-status":"{{{annotation}}}"}""";
        await bench.PutBackupAsync(new VeleroArchive().AddItem("deployments.apps", Deployment(annotations)).ToBytes());

        var (_, outcome) = await bench.RestoreAsync(
            RestoreBench.Spec with { RestoreStatus = included.Length == 0 ? null : new RestoreStatusSpec { IncludedResources = [included] } });

        outcome.Warnings.Count.ShouldBe(0);
        var deployment = bench.Cluster.Find("apps/v1", "Deployment", "shop", "web")!;
        ((int?)deployment["status"]?["readyReplicas"] == 7).ShouldBe(isRestored);
        ((string?)deployment["metadata"]!["labels"]!["velero.io/restore-name"]).ShouldBe("again");
    }

    [Fact]
    public async Task A_status_that_a_controller_was_faster_with_is_restored_at_the_next_try()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("deployments.apps", Deployment("")).ToBytes());
        var refused = 0;
        bench.Fault = request => request.Method == "PUT" && refused++ < 2 ? Fault.Answer(409, "Conflict", "the object has been modified") : null;

        var (_, outcome) = await bench.RestoreAsync(RestoreBench.Spec with { RestoreStatus = new RestoreStatusSpec() });

        outcome.Warnings.Count.ShouldBe(0);
        ((int)bench.Cluster.Find("apps/v1", "Deployment", "shop", "web")!["status"]!["readyReplicas"]!).ShouldBe(7);
    }

    [Fact]
    public async Task A_status_that_the_server_refuses_is_a_warning()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("deployments.apps", Deployment("")).ToBytes());
        bench.Fault = request => request.Method == "PUT" ? Fault.Answer(422, "Invalid", "no such replicas") : null;

        var (document, outcome) = await bench.RestoreAsync(RestoreBench.Spec with { RestoreStatus = new RestoreStatusSpec() });

        document.Status.Phase.ShouldBe("Completed");
        outcome.Warnings.Namespaces["shop"].Single().ShouldContain("no such replicas");
    }

    [Fact]
    public async Task A_generated_name_is_kept_and_its_prefix_is_not()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("configmaps", Manifests.ConfigMap("one-abcde", metadata: ",\"generateName\":\"one-\"")).ToBytes());

        await bench.RestoreAsync();

        bench.Cluster.Find("v1", "ConfigMap", "shop", "one-abcde")!["metadata"]!["generateName"].ShouldBeNull();
    }

    private static byte[] WithOwners(string owners) => new VeleroArchive()
        .AddItem("configmaps", Manifests.ConfigMap("one", metadata: owners.Length == 0 ? "" : $",\"managedFields\":{owners}")).ToBytes();

    private static string Deployment(string metadata) =>
        $$$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop"{{{metadata}}}},"spec":{"replicas":7,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}] } } },"status":{"readyReplicas":7}}""";
}
