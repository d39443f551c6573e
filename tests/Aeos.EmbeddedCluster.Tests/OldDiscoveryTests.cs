namespace Aeos.Embedded.Tests;

public sealed class OldDiscoveryTests : ClusterTest
{
    private protected override EmbeddedClusterOptions Options => new() { AggregatedDiscovery = false };

    [Fact]
    public async Task An_old_server_answers_the_request_for_one_document_with_the_old_one() =>
        (await Get("/apis", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json")).Text("kind").ShouldBe("APIGroupList");
}
