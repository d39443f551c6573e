using System.Net;
using System.Text.Json.Nodes;

namespace Aeos.Embedded.Tests;

public sealed class UpdateTests : ClusterTest
{
    private const string Map = "/api/v1/namespaces/default/configmaps/a";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private const string Deployment = """
        {"metadata":{"name":"d"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
         "spec":{"containers":[{"name":"one","image":"x:1","env":[{"name":"K","value":"1"}]},{"name":"two","image":"y:1"}]}}}}
        """;

    [Fact]
    public async Task An_update_of_an_old_version_is_a_conflict()
    {
        var old = (await MakeConfigMap("a")).Body;
        var changed = (JsonObject)old.DeepClone();
        changed["data"]!["a"] = "2";
        var updated = (await Put(Map, changed)).ShouldBe(HttpStatusCode.OK);
        updated.Text("metadata/resourceVersion").ShouldNotBe(old["metadata"]!["resourceVersion"]!.ToString());
        (await Put(Map, old)).ShouldFail(HttpStatusCode.Conflict, "Conflict").Text("message")!.ShouldContain("the object has been modified");
        old["metadata"]!.AsObject().Remove("resourceVersion");
        (await Put(Map, old)).ShouldBe(HttpStatusCode.OK).Text("data/a").ShouldBe("1");
    }

    [Fact]
    public async Task An_update_that_changes_nothing_makes_no_new_version()
    {
        var made = await MakeConfigMap("a");
        (await Put(Map, made.Body)).Text("metadata/resourceVersion").ShouldBe(made.Text("metadata/resourceVersion"));
    }

    [Fact]
    public async Task System_fields_stay_whatever_an_update_says()
    {
        var made = (await MakeConfigMap("a")).Body;
        var changed = (JsonObject)made.DeepClone();
        changed["metadata"]!["creationTimestamp"] = "1999-01-01T00:00:00Z";
        changed["metadata"]!["deletionTimestamp"] = "1999-01-01T00:00:00Z";
        changed["data"]!["a"] = "2";
        var updated = (await Put(Map, changed)).ShouldBe(HttpStatusCode.OK);
        updated.Text("metadata/creationTimestamp").ShouldBe(made["metadata"]!["creationTimestamp"]!.ToString());
        updated["metadata/deletionTimestamp"].ShouldBeNull();
    }

    [Fact]
    public async Task An_update_of_another_object_is_refused()
    {
        var made = (await MakeConfigMap("a")).Body;
        var other = (JsonObject)made.DeepClone();
        other["metadata"]!["name"] = "b";
        (await Put(Map, other)).ShouldFail(HttpStatusCode.BadRequest, "BadRequest").Text("message").ShouldBe("the name of the object (b) does not match the name on the URL (a)");
        var recreated = (JsonObject)made.DeepClone();
        recreated["metadata"]!["uid"] = Guid.NewGuid().ToString();
        (await Put(Map, recreated)).ShouldFail(HttpStatusCode.Conflict, "Conflict").Text("message")!.ShouldContain("Precondition failed: UID");
        (await Put("/api/v1/namespaces/default/configmaps/c", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "c" } })).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task Status_and_the_rest_are_written_apart()
    {
        var made = (await Post(Deployments, Deployment)).ShouldBe(HttpStatusCode.Created).Body;
        made["spec"]!["replicas"] = 5;
        made["status"] = new JsonObject { ["replicas"] = 5 };
        var main = await Put(Deployments + "/d", (JsonObject)made.DeepClone());
        main.Text("spec/replicas").ShouldBe("5");
        main["status/replicas"].ShouldBeNull();
        main.Text("metadata/generation").ShouldBe("2");

        var status = main.Body;
        status["spec"]!["replicas"] = 9;
        status["status"] = new JsonObject { ["replicas"] = 5 };
        var written = await Put(Deployments + "/d/status", (JsonObject)status.DeepClone());
        written.Text("spec/replicas").ShouldBe("5");
        written.Text("status/replicas").ShouldBe("5");
        written.Text("metadata/generation").ShouldBe("2");
        (await Get(Deployments + "/d/status")).Text("status/replicas").ShouldBe("5");
        (await Put(Map + "/status", status)).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task Immutable_fields_cannot_change()
    {
        await Post(Deployments, Deployment);
        (await Patch(Deployments + "/d", "merge-patch+json", """{"spec":{"selector":{"matchLabels":{"a":"c"}},"template":{"metadata":{"labels":{"a":"c"}}}}}"""))
            .ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid").Text("message")!.ShouldContain("field is immutable");
        await Post("/api/v1/namespaces/default/secrets", """{"metadata":{"name":"s"},"immutable":true,"stringData":{"k":"v"}}""");
        (await Get("/api/v1/namespaces/default/secrets/s")).Text("data/k").ShouldBe("dg==");
        (await Patch("/api/v1/namespaces/default/secrets/s", "merge-patch+json", """{"data":{"k":"AAAA"}}""")).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid");
    }

    [Fact]
    public async Task A_merge_patch_merges_objects_replaces_lists_and_takes_away_what_is_null()
    {
        await Post(Deployments, Deployment);
        var patched = (await Patch(Deployments + "/d", "merge-patch+json", """{"metadata":{"labels":{"x":"y"}},"spec":{"replicas":null,"template":{"spec":{"containers":[{"name":"three"}]}}}}"""))
            .ShouldBe(HttpStatusCode.OK);
        patched.Text("metadata/labels/x").ShouldBe("y");
        patched.Text("spec/replicas").ShouldBe("1");
        patched["spec/template/spec/containers"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_strategic_patch_merges_lists_by_their_key()
    {
        await Post(Deployments, Deployment);
        var patched = (await Patch(Deployments + "/d", "strategic-merge-patch+json", """
            {"spec":{"template":{"spec":{"containers":[{"name":"one","image":"x:2","env":[{"name":"L","value":"2"}]},{"$patch":"delete","name":"two"},{"name":"three"}]}}}}
            """)).ShouldBe(HttpStatusCode.OK);
        var containers = patched["spec/template/spec/containers"]!.AsArray();
        containers.Select(c => c!["name"]!.ToString()).ShouldBe(["one", "three"]);
        containers[0]!["image"]!.ToString().ShouldBe("x:2");
        containers[0]!["env"]!.AsArray().Select(e => e!["name"]!.ToString()).ShouldBe(["K", "L"]);
        var replaced = await Patch(Deployments + "/d", "strategic-merge-patch+json", """{"metadata":{"finalizers":["a.b/c"],"labels":{"$patch":"replace","only":"this"}}}""");
        replaced["metadata/labels"]!.ToJsonString().ShouldBe("""{"only":"this"}""");
        (await Patch(Deployments + "/d", "strategic-merge-patch+json", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a.b/c"],"finalizers":["d.e/f"]}}"""))
            ["metadata/finalizers"]!.ToJsonString().ShouldBe("""["d.e/f"]""");
    }

    [Fact]
    public async Task A_JSON_patch_is_carried_out_whole_or_not_at_all()
    {
        await MakeConfigMap("a");
        var patched = (await Patch(Map, "json-patch+json", """
            [{"op":"test","path":"/data/a","value":"1"},{"op":"add","path":"/data/b~1c","value":"2"},{"op":"copy","from":"/data/a","path":"/data/d"},
             {"op":"move","from":"/data/d","path":"/data/e"},{"op":"replace","path":"/data/a","value":"9"}]
            """)).ShouldBe(HttpStatusCode.OK);
        patched["data"]!.ToJsonString().ShouldBe("""{"b/c":"2","e":"1","a":"9"}""");
        (await Patch(Map, "json-patch+json", """[{"op":"remove","path":"/data/e"},{"op":"test","path":"/data/a","value":"1"}]""")).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid");
        (await Get(Map)).Text("data/e").ShouldBe("1");
        (await Patch(Map, "json-patch+json", """[{"op":"remove","path":"/nowhere/x"}]""")).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid");
        (await Patch(Map, "json-patch+json", """{"op":"remove"}""")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest");
    }

    [Fact]
    public async Task A_patch_of_an_old_version_is_a_conflict_and_of_an_unknown_kind_unsupported()
    {
        var made = await MakeConfigMap("a");
        await Patch(Map, "merge-patch+json", """{"data":{"a":"2"}}""");
        (await Patch(Map, "merge-patch+json", """{"metadata":{"resourceVersion":"%"},"data":{"a":"3"}}""".Replace("%", made.Text("metadata/resourceVersion"), StringComparison.Ordinal)))
            .ShouldFail(HttpStatusCode.Conflict, "Conflict");
        (await Patch(Map, "json", "{}")).ShouldFail(HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaType");
        (await Patch("/api/v1/namespaces/default/configmaps/b", "merge-patch+json", "{}")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task Server_side_apply_creates_and_then_changes()
    {
        (await Patch(Map, "apply-patch+yaml", ConfigMap("a"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Patch(Map + "?fieldManager=me", "apply-patch+yaml", ConfigMap("a"))).ShouldBe(HttpStatusCode.Created);
        (await Patch(Map + "?fieldManager=me", "apply-patch+yaml", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"b":"2"}}"""))
            .ShouldBe(HttpStatusCode.OK)["data"]!.ToJsonString().ShouldBe("""{"a":"1","b":"2"}""");
    }
}
