using System.Net;

namespace Aeos.Embedded.Tests;

public sealed class DefinitionTests : ClusterTest
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Widgets = "/apis/example.com/v1/namespaces/default/widgets";
    private const string Schema = """{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}""";

    private static readonly string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget","shortNames":["wd"],"categories":["all"]},
          "versions":[{"name":"v1beta1","served":true,"storage":false,"schema":SCHEMA,"subresources":{"status":{}}},
                      {"name":"v1","served":true,"storage":true,"schema":SCHEMA,"subresources":{"status":{}}},
                      {"name":"v1alpha1","served":false,"storage":false,"schema":SCHEMA}]}}
        """.Replace("SCHEMA", Schema, StringComparison.Ordinal);

    [Fact]
    public async Task A_definition_is_established_and_its_type_served_and_discovered()
    {
        await Define();
        var definition = await Get(Definitions + "/widgets.example.com");
        definition.Body["status"]!["conditions"]!.AsArray().Select(c => $"{c!["type"]}={c["status"]}").ShouldBe(["NamesAccepted=True", "Established=True"]);
        definition.Text("status/acceptedNames/plural").ShouldBe("widgets");
        definition.Text("status/storedVersions/0").ShouldBe("v1");
        (await Get("/apis/example.com")).Body["versions"]!.AsArray().Select(v => v!["version"]!.ToString()).ShouldBe(["v1", "v1beta1"]);
        (await Get("/apis/example.com/v1")).Body["resources"]!.AsArray().Select(r => r!["name"]!.ToString()).ShouldBe(["widgets", "widgets/status"]);
        (await Get("/apis/example.com/v1alpha1")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        var service = await Get("/apis/apiregistration.k8s.io/v1/apiservices/v1.example.com");
        service["metadata/labels"]!["kube-aggregator.kubernetes.io/automanaged"]!.ToString().ShouldBe("true");
    }

    [Fact]
    public async Task Nothing_is_served_before_the_definition_is_established()
    {
        using (Cluster.HoldDefinitions())
        {
            (await Post(Definitions, Definition)).ShouldBe(HttpStatusCode.Created)["status/conditions"]!.AsArray().ShouldBeEmpty();
            await Cluster.SettleAsync(Patience);
            (await Get(Widgets)).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        }

        await Cluster.SettleAsync(Patience);
        (await Get(Widgets)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_instance_is_seen_in_every_version_and_lists_say_what_their_items_are()
    {
        await Define();
        (await Post(Widgets, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":3},"status":{"ready":true}}""")).ShouldBe(HttpStatusCode.Created)
            ["status"].ShouldBeNull();
        var old = await Get("/apis/example.com/v1beta1/namespaces/default/widgets/a");
        old.Text("apiVersion").ShouldBe("example.com/v1beta1");
        old.Text("spec/size").ShouldBe("3");
        var list = await Get("/apis/example.com/v1beta1/widgets");
        list.Text("kind").ShouldBe("WidgetList");
        list.Text("items/0/kind").ShouldBe("Widget");
        list.Text("items/0/apiVersion").ShouldBe("example.com/v1beta1");
        (await Patch(Widgets + "/a/status", "merge-patch+json", """{"status":{"ready":true}}""")).Text("status/ready").ShouldBe("true");
        (await Patch(Widgets + "/a", "strategic-merge-patch+json", "{}")).ShouldFail(HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaType");
        var bare = (await Get(Widgets + "/a")).Body;
        bare["metadata"]!.AsObject().Remove("resourceVersion");
        (await Put(Widgets + "/a", bare)).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid").Text("message")!.ShouldContain("must be specified for an update");
    }

    [Theory]
    [InlineData(true, "1")]
    [InlineData(false, "2")]
    public async Task A_status_without_a_path_of_its_own_is_a_field_like_any_other(bool hasPath, string generation)
    {
        var definition = hasPath ? Definition : Definition.Replace(",\"subresources\":{\"status\":{}}", "", StringComparison.Ordinal);
        (await Post(Definitions, definition)).ShouldBe(HttpStatusCode.Created);
        await Cluster.SettleAsync(Patience);
        (await Post(Widgets, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":3},"status":{}}""")).ShouldBe(HttpStatusCode.Created);
        var patched = await Patch(hasPath ? Widgets + "/a/status" : Widgets + "/a", "merge-patch+json", """{"status":{"ready":true}}""");
        patched.Text("status/ready").ShouldBe("true");
        patched.Text("metadata/generation").ShouldBe(generation);
    }

    [Fact]
    public async Task A_whole_list_of_a_custom_type_says_that_nothing_follows()
    {
        await Define();
        (await Get(Widgets)).Text("metadata/continue").ShouldBe("");
        (await Get("/api/v1/namespaces")).Text("metadata/continue").ShouldBeNull();
    }

    [Fact]
    public async Task A_deleted_definition_takes_its_instances_along()
    {
        await Define();
        await Post(Widgets, """{"metadata":{"name":"a","finalizers":["example.com/keep"]}}""");
        await Post(Widgets, """{"metadata":{"name":"b"}}""");
        (await Delete(Definitions + "/widgets.example.com")).Text("metadata/deletionTimestamp").ShouldNotBeNull();
        await Cluster.SettleAsync(Patience);
        (await Get(Widgets)).Names.ShouldBe(["a"]);
        await Patch(Widgets + "/a", "merge-patch+json", """{"metadata":{"finalizers":null}}""");
        await Cluster.SettleAsync(Patience);
        (await Get(Definitions + "/widgets.example.com")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        (await Get(Widgets)).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        (await Get("/apis/example.com")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        await Define();
        (await Get(Widgets)).Names.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("widgets.example.com", "widget.example.com", "must be spec.names.plural")]
    [InlineData("\"storage\":true", "\"storage\":false", "exactly one version")]
    [InlineData("Namespaced", "Somewhere", "spec.scope")]
    [InlineData("openAPIV3Schema", "oldSchema", "schemas are required")]
    public async Task An_incomplete_definition_is_refused(string from, string to, string says) =>
        (await Post(Definitions, Definition.Replace(from, to, StringComparison.Ordinal))).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid").Text("message")!.ShouldContain(says);

    private async Task Define()
    {
        (await Post(Definitions, Definition)).ShouldBe(HttpStatusCode.Created);
        await Cluster.SettleAsync(Patience);
    }
}
