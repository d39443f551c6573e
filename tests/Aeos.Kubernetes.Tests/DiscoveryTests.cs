using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Errors;
using Aeos.Kubernetes.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Aeos.Kubernetes.Tests;

public class DiscoveryTests
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private static readonly string AggregatedCore = GroupList("""
        {"metadata":{"name":""},"versions":[{"version":"v1","freshness":"Current","resources":[
          {"resource":"pods","responseKind":{"group":"","version":"","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["get","list"],"shortNames":["po"],"categories":["all"],
           "subresources":[{"subresource":"status","responseKind":{"kind":"Pod"},"verbs":["get"]},{"subresource":"exec","verbs":["create"]}]},
          {"resource":"events","responseKind":{"kind":"Event"},"scope":"Namespaced","singularResource":"event","verbs":["get"],"shortNames":["ev"]},
          {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","singularResource":"node","verbs":["get"]},
          {"resource":"ghosts","responseKind":null,"scope":"Cluster","verbs":["get"]}]}]}
        """);

    private static readonly string AggregatedGroups = GroupList("""
        {"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[
          {"resource":"deployments","responseKind":{"kind":"Deployment"},"scope":"Namespaced","singularResource":"deployment","verbs":["list"],"shortNames":["deploy"]}]},
         {"version":"v1beta1","resources":[
          {"resource":"deployments","responseKind":{"kind":"Deployment"},"scope":"Namespaced","singularResource":"deployment","verbs":["list"]},
          {"resource":"olds","responseKind":{"kind":"Old"},"scope":"Namespaced","verbs":["list"]}]}]},
        {"metadata":{"name":"events.k8s.io"},"versions":[{"version":"v1","resources":[
          {"resource":"events","responseKind":{"kind":"Event"},"scope":"Namespaced","singularResource":"event","verbs":["get"],"shortNames":["ev"]}]}]},
        {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale","resources":[]}]}
        """);

    private static string GroupList(string items) => $$"""{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[{{items}}]}""";

    private static async Task<ApiCatalog> AggregatedCatalogAsync()
    {
        await using var api = await TestApi.StartAsync(context => context.JsonAsync(context.Request.Path == "/api" ? AggregatedCore : AggregatedGroups));
        using var client = api.Client();
        var catalog = await client.DiscoverAsync();
        api.Requests.Select(request => request.Target).ShouldBe(["/api", "/apis"]);
        api.Requests.ShouldAllBe(request => request.Header("Accept")!.StartsWith(Aggregated));
        return catalog;
    }

    [Fact]
    public async Task Aggregated_discovery_takes_two_requests()
    {
        var catalog = await AggregatedCatalogAsync();
        var pods = catalog.Find("pods")!;
        pods.ShouldSatisfyAllConditions(
            _ => pods.ApiVersion.ShouldBe("v1"),
            _ => pods.Kind.ShouldBe("Pod"),
            _ => pods.Namespaced.ShouldBeTrue(),
            _ => pods.Subresources.ShouldBe(["status", "exec"]),
            _ => pods.Categories.ShouldBe(["all"]),
            _ => pods.Supports("get", "list").ShouldBeTrue(),
            _ => pods.Supports("get", "delete").ShouldBeFalse());
        catalog.Find("nodes")!.Namespaced.ShouldBeFalse();
        catalog.Find("ghosts").ShouldBeNull();
    }

    [Fact]
    public async Task A_stale_group_is_left_out_with_a_warning()
    {
        var catalog = await AggregatedCatalogAsync();
        catalog.Warnings.Single().GroupVersion.ShouldBe("metrics.k8s.io/v1beta1");
        catalog.AllResources.ShouldNotContain(resource => resource.Group == "metrics.k8s.io");
    }

    [Fact]
    public async Task Each_resource_is_preferred_in_one_version()
        => (await AggregatedCatalogAsync()).PreferredResources.Select(resource => resource.ToString()).ShouldBe(
            ["v1/pods", "v1/events", "v1/nodes", "apps/v1/deployments", "apps/v1beta1/olds", "events.k8s.io/v1/events"]);

    [Theory]
    [InlineData("deployments", "apps/v1/deployments")]
    [InlineData("deployment", "apps/v1/deployments")]
    [InlineData("Deployment", "apps/v1/deployments")]
    [InlineData("deploy", "apps/v1/deployments")]
    [InlineData("deployments.apps", "apps/v1/deployments")]
    [InlineData("deploy.apps", "apps/v1/deployments")]
    [InlineData("deployments.app", "apps/v1/deployments")]
    [InlineData("deployments.v1beta1.apps", "apps/v1beta1/deployments")]
    [InlineData("olds", "apps/v1beta1/olds")]
    [InlineData("events", "v1/events")]
    [InlineData("ev", "v1/events")]
    [InlineData("events.events.k8s.io", "events.k8s.io/v1/events")]
    [InlineData("events.v1.events.k8s.io", "events.k8s.io/v1/events")]
    [InlineData("deployments.batch", null)]
    [InlineData("nothing", null)]
    [InlineData("", null)]
    public async Task A_resource_is_found_as_kubectl_finds_it(string text, string? found)
        => (await AggregatedCatalogAsync()).Find(text)?.ToString().ShouldBe(found);

    [Fact]
    public async Task A_kind_is_found_by_what_an_object_says()
    {
        var catalog = await AggregatedCatalogAsync();
        catalog.FindKind("apps/v1beta1", "Deployment")!.ToString().ShouldBe("apps/v1beta1/deployments");
        catalog.FindKind("apps/v2", "Deployment").ShouldBeNull();
        catalog.FindExact("apps", "deployments")!.Version.ShouldBe("v1");
    }

    private static Task AnswerAsOld(HttpContext context, Func<HttpContext, Task> broken) => context.Request.Path.Value switch
    {
        "/api" => context.JsonAsync("""{"kind":"APIVersions","versions":["v1"]}"""),
        "/apis" => context.JsonAsync("""
            {"kind":"APIGroupList","groups":[
              {"name":"apps","versions":[{"groupVersion":"apps/v1beta1","version":"v1beta1"},{"groupVersion":"apps/v1","version":"v1"}],"preferredVersion":{"groupVersion":"apps/v1","version":"v1"}},
              {"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1beta1","version":"v1beta1"}],"preferredVersion":{"version":"v1beta1"}}]}
            """),
        "/api/v1" => context.JsonAsync("""
            {"kind":"APIResourceList","groupVersion":"v1","resources":[
              {"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["list"],"shortNames":["po"]},{"name":"pods/status","namespaced":true,"kind":"Pod","verbs":["get"]}]}
            """),
        "/apis/metrics.k8s.io/v1beta1" => broken(context),
        _ => context.JsonAsync("""{"kind":"APIResourceList","resources":[{"name":"deployments","singularName":"deployment","namespaced":true,"kind":"Deployment","verbs":["list"]}]}"""),
    };

    [Fact]
    public async Task Older_servers_are_asked_version_by_version()
    {
        await using var api = await TestApi.StartAsync(context => AnswerAsOld(context, broken => broken.StatusAsync(503, "ServiceUnavailable", "away")));
        using var client = api.Client();
        var catalog = await client.DiscoverAsync();
        catalog.PreferredResources.Select(resource => resource.ToString()).ShouldBe(["v1/pods", "apps/v1/deployments"]);
        catalog.Find("pod")!.Subresources.ShouldBe(["status"]);
        var warning = catalog.Warnings.Single();
        warning.GroupVersion.ShouldBe("metrics.k8s.io/v1beta1");
        warning.Message.ShouldContain("503 ServiceUnavailable: away");
    }

    [Fact]
    public async Task A_group_that_answers_nonsense_is_left_out_too()
    {
        await using var api = await TestApi.StartAsync(context => AnswerAsOld(context, broken => broken.Response.WriteAsync("<html>")));
        using var client = api.Client();
        (await client.DiscoverAsync()).Warnings.Single().GroupVersion.ShouldBe("metrics.k8s.io/v1beta1");
    }

    [Fact]
    public async Task A_server_that_refuses_the_aggregated_form_is_asked_for_the_other()
    {
        await using var api = await TestApi.StartAsync(context => context.Request.Headers.Accept.ToString().Contains("g=apidiscovery")
            ? context.StatusAsync(406, "NotAcceptable", "no")
            : AnswerAsOld(context, metrics => metrics.JsonAsync("{}")));
        using var client = api.Client();
        (await client.DiscoverAsync()).Find("deployments.apps").ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_may_not_discover_gets_an_error()
    {
        await using var api = await TestApi.StartAsync(context => context.StatusAsync(403, "Forbidden", "no"));
        using var client = api.Client();
        (await Should.ThrowAsync<KubernetesApiException>(() => client.DiscoverAsync())).IsForbidden.ShouldBeTrue();
    }

    [Theory]
    [InlineData(200, """{"kind":"Something"}""")]
    [InlineData(404, "{}")]
    public async Task A_server_that_knows_no_groups_is_no_API_server(int code, string json)
    {
        await using var api = await TestApi.StartAsync(context => context.JsonAsync(json, code));
        using var client = api.Client();
        (await Should.ThrowAsync<KubernetesException>(() => client.DiscoverAsync())).Cause.ShouldBe("the server knows no API groups");
    }
}
