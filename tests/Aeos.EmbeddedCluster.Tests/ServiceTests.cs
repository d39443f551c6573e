using System.Net;

namespace Aeos.Embedded.Tests;

public sealed class ServiceTests : ClusterTest
{
    private const string Services = "/api/v1/namespaces/default/services";

    [Fact]
    public async Task Each_service_has_an_address_of_its_own()
    {
        var a = await Make("a");
        var b = await Make("b");
        a.Text("spec/clusterIP")!.ShouldStartWith("10.96.");
        a.Text("spec/clusterIPs/0").ShouldBe(a.Text("spec/clusterIP"));
        a.Text("spec/type").ShouldBe("ClusterIP");
        a.Text("spec/ports/0/targetPort").ShouldBe("80");
        b.Text("spec/clusterIP").ShouldNotBe(a.Text("spec/clusterIP"));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_refused_until_it_is_free()
    {
        await Make("a", "\"clusterIP\":\"10.96.7.7\"");
        (await Post(Services, Service("b", "\"clusterIP\":\"10.96.7.7\""))).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid")
            .Text("message")!.ShouldContain("provided IP is already allocated");
        (await Post(Services, Service("a", "\"clusterIP\":\"10.96.7.7\""))).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid");
        (await Post(Services, Service("b", "\"clusterIP\":\"192.168.0.1\""))).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid").Text("message")!.ShouldContain("not in the valid range");
        (await Post(Services, Service("c", "\"clusterIP\":\"None\""))).ShouldBe(HttpStatusCode.Created).Text("spec/clusterIP").ShouldBe("None");
        await Delete(Services + "/a");
        await Make("b", "\"clusterIP\":\"10.96.7.7\"");
    }

    [Fact]
    public async Task A_node_port_is_given_and_one_that_is_taken_is_refused()
    {
        var a = await Make("a", "\"type\":\"NodePort\"");
        var port = int.Parse(a.Text("spec/ports/0/nodePort")!, System.Globalization.CultureInfo.InvariantCulture);
        port.ShouldBeInRange(30000, 32767);
        var taken = (await Post(Services, Service("b", "\"type\":\"NodePort\"", $",\"nodePort\":{port}"))).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid");
        taken.Text("message").ShouldBe($"Service \"b\" is invalid: spec.ports[0].nodePort: Invalid value: {port}: provided port is already allocated");
        taken.Text("details/causes/0/field").ShouldBe("spec.ports[0].nodePort");
        (await Post(Services, Service("b", "\"type\":\"NodePort\"", ",\"nodePort\":80"))).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid").Text("message")!.ShouldContain("30000-32767");
        await Delete(Services + "/a");
        await Make("b", "\"type\":\"LoadBalancer\"", $",\"nodePort\":{port}");
    }

    [Fact]
    public async Task An_update_keeps_address_and_ports_and_cannot_change_the_address()
    {
        var a = await Make("a", "\"type\":\"NodePort\"");
        var updated = (await Patch(Services + "/a", "merge-patch+json", """{"spec":{"clusterIP":null,"clusterIPs":null,"ports":[{"port":80}],"selector":{"x":"y"}}}""")).ShouldBe(HttpStatusCode.OK);
        updated.Text("spec/clusterIP").ShouldBe(a.Text("spec/clusterIP"));
        updated.Text("spec/ports/0/nodePort").ShouldBe(a.Text("spec/ports/0/nodePort"));
        (await Patch(Services + "/a", "merge-patch+json", """{"spec":{"clusterIP":"10.96.9.9"}}""")).ShouldFail(HttpStatusCode.UnprocessableEntity, "Invalid");
    }

    [Fact]
    public async Task A_service_with_a_selector_has_endpoints_that_go_with_it()
    {
        await Make("a", "\"selector\":{\"x\":\"y\"}");
        await Cluster.SettleAsync(Patience);
        (await Get("/api/v1/namespaces/default/endpoints/a")).ShouldBe(HttpStatusCode.OK);
        (await Get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices")).Names.Single().ShouldStartWith("a-");
        await Delete(Services + "/a");
        await Cluster.SettleAsync(Patience);
        (await Get("/api/v1/namespaces/default/endpoints/a")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
        (await Get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices")).Names.ShouldBeEmpty();
    }

    private async Task<Answer> Make(string name, string spec = "\"type\":\"ClusterIP\"", string port = "") =>
        (await Post(Services, Service(name, spec, port))).ShouldBe(HttpStatusCode.Created);

    private static string Service(string name, string spec, string port = "") =>
        $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"{{{name}}}"},"spec":{ {{{spec}}},"ports":[{"port":80{{{port}}} }]}}""";
}
