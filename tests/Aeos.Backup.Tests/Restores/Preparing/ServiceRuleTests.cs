using System.Text.Json.Nodes;
using Aeos.Backup.Restores.Preparing;

namespace Aeos.Backup.Tests.Restores.Preparing;

public sealed class ServiceRuleTests
{
    private const string HealthCheck = "\"type\":\"LoadBalancer\",\"externalTrafficPolicy\":\"Local\",\"healthCheckNodePort\":30100";

    private static Task<JsonObject> ApplyAsync(string spec, string metadata = "", bool preserveNodePorts = false)
        => new Preparation(RestoreBench.Options with { Spec = RestoreBench.Options.Spec with { PreserveNodePorts = preserveNodePorts } })
            .ApplyAsync("services", $"{{\"kind\":\"Service\",\"metadata\":{{\"name\":\"web\"{metadata}}},\"spec\":{{{spec}}}}}");

    private static string Applied(string spec)
        => Annotated($"{{\"spec\":{{{spec}}}}}");

    private static string Annotated(string text)
        => $",\"annotations\":{{\"kubectl.kubernetes.io/last-applied-configuration\":{JsonValue.Create(text).ToJsonString()}}}";

    private static async Task<int[]> NodePortsAsync(string ports, string metadata = "", string type = "NodePort", bool preserveNodePorts = false)
        => [.. (await ApplyAsync($"\"type\":\"{type}\",\"ports\":[{ports}]", metadata, preserveNodePorts))["spec"]!["ports"]!.AsArray().Select(port => (int?)port!["nodePort"] ?? 0)];

    [Fact]
    public async Task Addresses_that_the_old_cluster_gave_go()
        => (await ApplyAsync("\"clusterIP\":\"10.96.7.7\",\"clusterIPs\":[\"10.96.7.7\"],\"ipFamilies\":[\"IPv4\"]"))["spec"]!.ToJsonString()
            .ShouldBe("""{"ipFamilies":["IPv4"]}""");

    [Fact]
    public async Task A_headless_service_stays_headless()
        => (await ApplyAsync("\"clusterIP\":\"None\",\"clusterIPs\":[\"None\"]"))["spec"]!.ToJsonString().ShouldBe("""{"clusterIP":"None","clusterIPs":["None"]}""");

    [Fact]
    public async Task What_was_said_of_a_load_balancer_stays()
        => (await ApplyAsync("\"type\":\"LoadBalancer\",\"loadBalancerIP\":\"192.0.2.1\",\"loadBalancerClass\":\"c\",\"allocateLoadBalancerNodePorts\":false"))["spec"]!.ToJsonString()
            .ShouldBe("""{"type":"LoadBalancer","loadBalancerIP":"192.0.2.1","loadBalancerClass":"c","allocateLoadBalancerNodePorts":false}""");

    [Fact]
    public async Task Node_ports_that_nobody_chose_go()
        => (await NodePortsAsync("""{"port":80,"nodePort":30080},{"name":"b","port":81,"nodePort":30081}""")).ShouldBe([0, 0]);

    [Fact]
    public async Task Preserved_node_ports_stay()
        => (await NodePortsAsync("""{"port":80,"nodePort":30080}""", preserveNodePorts: true)).ShouldBe([30080]);

    [Fact]
    public async Task Ports_of_an_external_name_are_left_alone()
        => (await NodePortsAsync("""{"port":80,"nodePort":30080}""", type: "ExternalName")).ShouldBe([30080]);

    [Theory]
    [InlineData("30080")]
    [InlineData("\"30080\"")]
    public async Task A_named_port_that_was_applied_with_a_node_port_keeps_it(string nodePort)
        => (await NodePortsAsync(
            """{"name":"a","port":80,"nodePort":30080},{"name":"b","port":81,"nodePort":30081}""",
            Applied($$"""
                "ports":[{"name":"a","port":80,"nodePort":{{nodePort}}},{"name":"b","port":81}]
                """))).ShouldBe([30080, 0]);

    [Fact]
    public async Task A_port_without_a_name_is_found_by_its_node_port()
        => (await NodePortsAsync(
            """{"port":80,"nodePort":30080},{"port":81,"nodePort":30081}""",
            Applied("""
                "ports":[{"port":80,"nodePort":30080},{"name":"b","port":81,"nodePort":30081}]
                """))).ShouldBe([30080, 0]);

    [Fact]
    public async Task Node_ports_of_zero_were_not_chosen()
        => (await NodePortsAsync("""{"name":"a","port":80,"nodePort":30080}""", Applied("""
            "ports":[{"name":"a","port":80,"nodePort":0}]
            """))).ShouldBe([0]);

    [Fact]
    public async Task What_kubectl_applied_tells_alone_where_it_is_there()
        => (await NodePortsAsync(
            """{"port":80,"protocol":"TCP","nodePort":30080}""",
            Applied("\"type\":\"NodePort\"") + ""","managedFields":[{"fieldsV1":{"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{"f:nodePort":{}}}}}}]"""))
            .ShouldBe([0]);

    [Fact]
    public async Task A_node_port_that_somebody_owns_by_applying_it_on_the_server_stays()
        => (await NodePortsAsync(
            """{"port":80,"protocol":"TCP","nodePort":30080},{"port":80,"protocol":"UDP","nodePort":30081}""",
            ""","managedFields":[{"manager":"x"},{"fieldsV1":{"f:spec":{"f:ports":{".":{},"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:nodePort":{}},"k:{\"port\":80,\"protocol\":\"UDP\"}":{".":{}}}}}}]"""))
            .ShouldBe([30080, 0]);

    [Theory]
    [InlineData("not json", "is not JSON")]
    [InlineData("""{"spec":{"ports":[{"port":80,"nodePort":"many"}]}}""", "no number")]
    [InlineData("""{"spec":{"ports":{}}}""", "no list")]
    public async Task A_service_whose_last_applied_configuration_cannot_be_read_is_an_error(string text, string cause)
        => (await Should.ThrowAsync<PreparationException>(() => NodePortsAsync(
            """{"port":80,"nodePort":30080}""",
            Annotated(text)))).Cause.ShouldContain(cause);

    [Fact]
    public async Task A_port_for_health_checks_that_nobody_chose_goes()
        => (await ApplyAsync(HealthCheck))["spec"]!.AsObject().ContainsKey("healthCheckNodePort").ShouldBeFalse();

    [Theory]
    [InlineData(HealthCheck, "", true)]
    [InlineData("\"type\":\"LoadBalancer\",\"externalTrafficPolicy\":\"Cluster\",\"healthCheckNodePort\":30100", "", false)]
    [InlineData("\"type\":\"NodePort\",\"externalTrafficPolicy\":\"Local\",\"healthCheckNodePort\":30100", "", false)]
    [InlineData(HealthCheck, ""","managedFields":[{"fieldsV1":{"f:spec":{"f:healthCheckNodePort":{}}}}]""", false)]
    public async Task It_stays_when_ports_are_preserved_when_the_service_uses_none_and_when_somebody_owns_it(string spec, string metadata, bool preserveNodePorts)
        => ((int?)(await ApplyAsync(spec, metadata, preserveNodePorts))["spec"]!["healthCheckNodePort"]).ShouldBe(30100);

    [Fact]
    public async Task A_service_whose_applied_port_for_health_checks_is_no_number_is_an_error()
        => (await Should.ThrowAsync<PreparationException>(() => ApplyAsync(HealthCheck, Applied("\"healthCheckNodePort\":\"30100\"")))).Cause.ShouldContain("no number");

    [Theory]
    [InlineData("30100", 30100)]
    [InlineData("0", null)]
    [InlineData("null", null)]
    public async Task It_stays_when_it_was_applied(string applied, int? expected)
        => ((int?)(await ApplyAsync(HealthCheck, Applied($"\"healthCheckNodePort\":{applied}")))["spec"]!["healthCheckNodePort"]).ShouldBe(expected);
}
