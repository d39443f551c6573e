using System.Net;
using System.Text.Json.Nodes;

namespace Aeos.Embedded.Tests;

public sealed class CreateTests : ClusterTest
{
    [Fact]
    public async Task A_created_object_has_what_the_server_sets_and_keeps_what_nobody_knows()
    {
        var created = (await Post("/api/v1/namespaces/default/configmaps", """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","uid":"mine","creationTimestamp":"1999-01-01T00:00:00Z","selfLink":"/x"},
             "data":{"k":"ä+<>&"},"unknown":{"number":1.10,"list":[null]}}
            """)).ShouldBe(HttpStatusCode.Created);
        created.Text("kind").ShouldBe("ConfigMap");
        created.Text("apiVersion").ShouldBe("v1");
        created.Text("metadata/namespace").ShouldBe("default");
        Guid.TryParse(created.Text("metadata/uid"), out _).ShouldBeTrue();
        created.Text("metadata/creationTimestamp").ShouldNotBe("1999-01-01T00:00:00Z");
        created.Text("metadata/resourceVersion").ShouldNotBeNullOrEmpty();
        created["metadata/selfLink"].ShouldBeNull();
        var got = await Get("/api/v1/namespaces/default/configmaps/a");
        got.Text("data/k").ShouldBe("ä+<>&");
        got["unknown"]!.ToJsonString().ShouldBe("""{"number":1.10,"list":[null]}""");
        JsonNode.DeepEquals(got.Body, created.Body).ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_is_made_from_generateName()
    {
        var first = await Post("/api/v1/namespaces/default/configmaps", """{"metadata":{"generateName":"job-"}}""");
        var second = await Post("/api/v1/namespaces/default/configmaps", """{"metadata":{"generateName":"job-"}}""");
        first.ShouldBe(HttpStatusCode.Created).Text("metadata/name")!.ShouldMatch("^job-[a-z0-9]{5}$");
        second.Text("metadata/name").ShouldNotBe(first.Text("metadata/name"));
    }

    [Fact]
    public async Task The_same_name_again_is_AlreadyExists()
    {
        await MakeConfigMap("a");
        var again = (await Post("/api/v1/namespaces/default/configmaps", ConfigMap("a"))).ShouldFail(HttpStatusCode.Conflict, "AlreadyExists");
        again.Text("message").ShouldBe("configmaps \"a\" already exists");
        again.Text("details/kind").ShouldBe("configmaps");
        again.Text("details/name").ShouldBe("a");
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}""", HttpStatusCode.BadRequest, "BadRequest", "cannot be handled as a ConfigMap")]
    [InlineData("""{"apiVersion":"v2","kind":"ConfigMap","metadata":{"name":"a"}}""", HttpStatusCode.BadRequest, "BadRequest", "does not match the expected API version (v1)")]
    [InlineData("""{"metadata":{"name":"a","namespace":"other"}}""", HttpStatusCode.BadRequest, "BadRequest", "the namespace of the provided object does not match")]
    [InlineData("""{"metadata":{}}""", HttpStatusCode.UnprocessableEntity, "Invalid", "name or generateName is required")]
    [InlineData("""{"metadata":{"name":"Not_DNS"}}""", HttpStatusCode.UnprocessableEntity, "Invalid", "RFC 1123 subdomain")]
    [InlineData("""{"metadata":{"name":"a","labels":{"k":"no spaces"}}}""", HttpStatusCode.UnprocessableEntity, "Invalid", "metadata.labels")]
    [InlineData("""{"metadata":{"name":"a","labels":{"k":"1234567890123456789012345678901234567890123456789012345678901234"}}}""", HttpStatusCode.UnprocessableEntity, "Invalid", "must be no more than 63")]
    [InlineData("""{"metadata":{"name":"a","ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p"}]}}""", HttpStatusCode.UnprocessableEntity, "Invalid", "ownerReferences.uid")]
    [InlineData("""{"metadata":{"name":"a","name":"b"}}""", HttpStatusCode.BadRequest, "BadRequest", "cannot be read")]
    [InlineData("""{"metadata":{"name":"a"}} x""", HttpStatusCode.BadRequest, "BadRequest", "not valid JSON")]
    [InlineData("[]", HttpStatusCode.BadRequest, "BadRequest", "not a JSON object")]
    public async Task What_breaks_a_rule_is_refused_and_the_answer_names_the_rule(string body, HttpStatusCode code, string reason, string says)
    {
        (await Post("/api/v1/namespaces/default/configmaps", body)).ShouldFail(code, reason).Text("message")!.ShouldContain(says);
        (await Get("/api/v1/namespaces/default/configmaps/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task An_object_that_brings_a_resourceVersion_is_refused() =>
        (await Post("/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a","resourceVersion":"7"}}"""))
            .ShouldBe(HttpStatusCode.InternalServerError).Text("message").ShouldBe("resourceVersion should not be set on objects to be created");

    [Fact]
    public async Task Nothing_is_created_in_a_namespace_that_is_not_there() =>
        (await Post("/api/v1/namespaces/nowhere/configmaps", ConfigMap("a"))).ShouldFail(HttpStatusCode.NotFound, "NotFound")
            .Text("message").ShouldBe("namespaces \"nowhere\" not found");

    [Fact]
    public async Task A_dry_run_answers_as_if_and_stores_nothing()
    {
        (await Post("/api/v1/namespaces/default/configmaps?dryRun=All", ConfigMap("a"))).ShouldBe(HttpStatusCode.Created).Text("metadata/uid").ShouldNotBeNull();
        (await Get("/api/v1/namespaces/default/configmaps/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        (await Post("/api/v1/namespaces/nowhere/configmaps?dryRun=All", ConfigMap("a"))).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task A_status_that_comes_with_a_new_object_is_dropped()
    {
        var created = await Post("/apis/apps/v1/namespaces/default/deployments", """
            {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}}}},"status":{"replicas":7}}
            """);
        created.ShouldBe(HttpStatusCode.Created)["status/replicas"].ShouldBeNull();
        created.Text("metadata/generation").ShouldBe("1");
    }

    [Fact]
    public async Task A_review_is_answered_and_not_stored()
    {
        const string reviews = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        (await Post(reviews, """{"spec":{"resourceAttributes":{"verb":"list","resource":"secrets"}}}""")).ShouldBe(HttpStatusCode.Created).Text("status/allowed").ShouldBe("true");
        (await Get(reviews)).ShouldFail(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");
    }

    [Fact]
    public async Task A_body_in_another_format_is_unsupported() =>
        (await Send(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", "kind: ConfigMap", "application/yaml"))
            .ShouldFail(HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaType");

    [Fact]
    public async Task A_body_above_three_mebibytes_is_too_large() =>
        (await Post("/api/v1/namespaces/default/configmaps", ConfigMap(new string('a', (3 * 1024 * 1024) + 1))))
            .ShouldFail(HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLarge");

    [Fact]
    public async Task Paths_and_methods_that_mean_nothing_are_refused()
    {
        (await Get("/api/v1/nonsense")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        (await Get("/api/v1/namespaces/default/nodes")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        (await Get("/api/v1/configmaps/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        (await Post("/api/v1/configmaps", ConfigMap("a"))).ShouldFail(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");
        (await Get("/api/v1/nodes", "application/vnd.kubernetes.protobuf")).ShouldFail(HttpStatusCode.NotAcceptable, "NotAcceptable");
    }
}
