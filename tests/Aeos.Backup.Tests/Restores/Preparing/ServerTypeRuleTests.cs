namespace Aeos.Backup.Tests.Restores.Preparing;

public sealed class ServerTypeRuleTests
{
    private readonly Preparation _preparation = new();

    [Theory]
    [InlineData("true")]
    [InlineData("onstart")]
    public async Task An_API_service_that_the_server_manages_is_left_to_it(string value)
        => (await _preparation.OmissionAsync(
            "apiservices.apiregistration.k8s.io",
            $$$"""{"metadata":{"name":"v1.example.org","labels":{"kube-aggregator.kubernetes.io/automanaged":"{{{value}}}"} } }""")).ShouldBe("it is managed by Kubernetes");

    [Fact]
    public async Task An_API_service_of_somebodys_is_restored()
        => (await _preparation.OmissionAsync("apiservices.apiregistration.k8s.io", """{"metadata":{"name":"v1beta1.metrics.k8s.io","labels":{"k8s-app":"metrics"}}}""")).ShouldBeNull();

    [Theory]
    [InlineData("mutatingwebhookconfigurations.admissionregistration.k8s.io")]
    [InlineData("validatingwebhookconfigurations.admissionregistration.k8s.io")]
    public async Task Side_effects_that_v1_does_not_know_become_None(string type)
        => (await _preparation.ApplyAsync(type, """
            {"apiVersion":"admissionregistration.k8s.io/v1","metadata":{"name":"w"},"webhooks":[{"name":"a","sideEffects":"Unknown"},{"name":"b","sideEffects":"Some"},
             {"name":"c","sideEffects":"NoneOnDryRun"},{"name":"d","sideEffects":"None"},{"name":"e"}]}
            """, ""))["webhooks"]!.AsArray().Select(webhook => (string?)webhook!["sideEffects"]).ShouldBe(["None", "None", "NoneOnDryRun", "None", "None"]);

    [Fact]
    public async Task Webhooks_of_v1beta1_keep_theirs()
        => (await _preparation.ApplyAsync("validatingwebhookconfigurations.admissionregistration.k8s.io", """
            {"apiVersion":"admissionregistration.k8s.io/v1beta1","metadata":{"name":"w"},"webhooks":[{"name":"a","sideEffects":"Unknown"}]}
            """, ""))["webhooks"]!.ToJsonString().ShouldBe("""[{"name":"a","sideEffects":"Unknown"}]""");

    [Fact]
    public async Task A_definition_that_keeps_unknown_fields_says_so_in_each_schema()
        => (await _preparation.ApplyAsync("customresourcedefinitions.apiextensions.k8s.io", """
            {"apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"d"},"spec":{"preserveUnknownFields":true,
             "versions":[{"name":"v1","schema":{"openAPIV3Schema":{"type":"object"}}},{"name":"v2"},{"name":"v3","schema":{}}]}}
            """, ""))["spec"]!.ToJsonString().ShouldBe(
                """{"versions":[{"name":"v1","schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},{"name":"v2"},{"name":"v3","schema":{}}]}""");

    [Fact]
    public async Task A_definition_that_does_not_keep_them_does_not()
        => (await _preparation.ApplyAsync("customresourcedefinitions.apiextensions.k8s.io", """
            {"apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"d"},"spec":{"preserveUnknownFields":false,"versions":[{"name":"v1","schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """, ""))["spec"]!.ToJsonString().ShouldNotContain("nknown");

    [Fact]
    public async Task A_definition_in_v1beta1_stays_as_it_is()
        => (await _preparation.ApplyAsync("customresourcedefinitions.apiextensions.k8s.io", """
            {"apiVersion":"apiextensions.k8s.io/v1beta1","metadata":{"name":"d"},"spec":{"preserveUnknownFields":true,"validation":{"openAPIV3Schema":{"type":"object"}}}}
            """, ""))["spec"]!.ToJsonString().ShouldBe("""{"preserveUnknownFields":true,"validation":{"openAPIV3Schema":{"type":"object"}}}""");
}
