using System.Net;
using System.Text.Json.Nodes;

namespace Aeos.Embedded.Tests;

public sealed class DiscoveryTests : ClusterTest
{
    private const string Aggregated =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    [Fact]
    public async Task A_client_that_asks_for_it_gets_all_groups_in_one_document()
    {
        var core = (await Get("/api", Aggregated)).ShouldBe(HttpStatusCode.OK);
        core.Text("kind").ShouldBe("APIGroupDiscoveryList");
        core.Text("apiVersion").ShouldBe("apidiscovery.k8s.io/v2");
        var pods = Resource(core, "", "v1", "pods");
        pods["scope"]!.ToString().ShouldBe("Namespaced");
        pods["responseKind"]!["kind"]!.ToString().ShouldBe("Pod");
        pods["verbs"]!.AsArray().Select(v => v!.ToString()).ShouldContain("watch");
        pods["shortNames"]!.AsArray().Single()!.ToString().ShouldBe("po");
        pods["categories"]!.AsArray().Single()!.ToString().ShouldBe("all");
        pods["subresources"]!.AsArray().Select(s => s!["subresource"]!.ToString()).ShouldBe(["eviction", "exec", "status"]);

        var groups = (await Get("/apis", Aggregated)).ShouldBe(HttpStatusCode.OK);
        Resource(groups, "apps", "v1", "deployments")["singularResource"]!.ToString().ShouldBe("deployment");
        Resource(groups, "storage.k8s.io", "v1", "storageclasses")["scope"]!.ToString().ShouldBe("Cluster");
    }

    [Fact]
    public async Task The_aggregated_document_says_what_it_is_in_its_content_type()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/apis");
        request.Headers.TryAddWithoutValidation("Accept", Aggregated);
        using var response = await Http.SendAsync(request, Patience);
        response.Content.Headers.NonValidated["Content-Type"].ToString().ShouldBe("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    }

    [Fact]
    public async Task A_client_that_asks_for_plain_JSON_gets_the_old_documents()
    {
        (await Get("/api")).Text("versions/0").ShouldBe("v1");
        var groups = (await Get("/apis")).ShouldBe(HttpStatusCode.OK);
        groups.Text("kind").ShouldBe("APIGroupList");
        var autoscaling = groups.Body["groups"]!.AsArray().Single(g => g!["name"]!.ToString() == "autoscaling")!;
        autoscaling["versions"]!.AsArray().Select(v => v!["version"]!.ToString()).ShouldBe(["v2", "v1"]);
        autoscaling["preferredVersion"]!["groupVersion"]!.ToString().ShouldBe("autoscaling/v2");
        (await Get("/apis/autoscaling")).Text("kind").ShouldBe("APIGroup");

        var apps = await Get("/apis/apps/v1");
        apps.Text("groupVersion").ShouldBe("apps/v1");
        apps.Body["resources"]!.AsArray().Select(r => r!["name"]!.ToString()).ShouldContain("deployments/status");
        (await Get("/apis/apps/v7")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task A_broken_group_is_named_and_answers_503()
    {
        Cluster.BreakGroup("metrics.k8s.io");
        Cluster.BreakGroup("batch");
        var groups = (await Get("/apis")).Body["groups"]!.AsArray().Select(g => g!["name"]!.ToString()).ToList();
        groups.ShouldContain("metrics.k8s.io");
        groups.ShouldContain("batch");
        using (var response = await Http.GetAsync("/apis/metrics.k8s.io/v1beta1", Patience))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        var stale = (await Get("/apis", Aggregated)).Body["items"]!.AsArray().Single(g => g!["metadata"]!["name"]!.ToString() == "batch")!["versions"]![0]!;
        stale["freshness"]!.ToString().ShouldBe("Stale");
        stale["resources"]!.AsArray().Count.ShouldBe(0);

        Cluster.MendGroup("batch");
        (await Get("/apis/batch/v1")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Version_and_health_are_served()
    {
        (await Get("/version")).Text("major").ShouldBe("1");
        foreach (var path in new[] { "/healthz", "/livez", "/readyz" })
        {
            (await Http.GetStringAsync(path, Patience)).ShouldBe("ok");
        }
    }

    private static JsonNode Resource(Answer discovery, string group, string version, string resource) => discovery.Body["items"]!.AsArray()
        .Single(g => (g!["metadata"]!["name"]?.ToString() ?? "") == group)!["versions"]!.AsArray()
        .Single(v => v!["version"]!.ToString() == version)!["resources"]!.AsArray()
        .Single(r => r!["resource"]!.ToString() == resource)!;
}
