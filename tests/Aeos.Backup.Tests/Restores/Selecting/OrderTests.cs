using Aeos.Backup.Restores;
using Aeos.Backup.Restores.Selecting;
using Aeos.Kubernetes.Discovery;

namespace Aeos.Backup.Tests.Restores.Selecting;

/// <summary>In which order types are restored.</summary>
public class OrderTests
{
    private static readonly string[] Types =
    [
        "apps.kappctrl.k14s.io", "configmaps", "customresourcedefinitions.apiextensions.k8s.io", "deployments.apps", "namespaces", "pods", "secrets", "widgets.example.org",
    ];

    [Fact]
    public void Definitions_and_namespaces_go_first_and_the_rest_by_name_between_the_two_lists() =>
        ResourceOrder.Of(Types, ResourcePriorities.Default, new ApiCatalog([], [])).ShouldBe(
        [
            "customresourcedefinitions.apiextensions.k8s.io", "namespaces", "secrets", "configmaps", "pods", "deployments.apps", "widgets.example.org", "apps.kappctrl.k14s.io",
        ]);

    [Theory]
    [InlineData("configmaps,-,secrets", "configmaps apps.kappctrl.k14s.io deployments.apps namespaces pods widgets.example.org secrets")]
    [InlineData("configmaps", "configmaps deployments.apps namespaces pods secrets widgets.example.org apps.kappctrl.k14s.io")]
    [InlineData("-,deployments.apps", "namespaces secrets configmaps pods apps.kappctrl.k14s.io widgets.example.org deployments.apps")]
    [InlineData("configmaps,-", "configmaps deployments.apps namespaces pods secrets widgets.example.org apps.kappctrl.k14s.io")]
    public void An_order_of_the_users_own_is_kept_and_a_half_that_is_left_out_stays_Veleros(string text, string expected) =>
        ResourceOrder.Of(Types, ResourcePriorities.Parse(text), new ApiCatalog([], [])).Skip(1).ShouldBe(expected.Split(' '));

    [Fact]
    public void Two_separators_are_refused() => Should.Throw<AeosException>(() => ResourcePriorities.Parse("a,-,b,-,c")).Message.ShouldContain("more than one");

    [Fact]
    public async Task Short_names_in_the_order_are_resolved_by_the_cluster()
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive()
            .AddItem("configmaps", Manifests.ConfigMap("one"))
            .AddItem("widgets.example.org", Manifests.Widget("one"))
            .AddItem("secrets", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"one","namespace":"shop"}}""")
            .AddItem(Manifests.Definitions, Manifests.Definition)
            .ToBytes());

        await bench.RestoreAsync(RestoreBench.Options with { Priorities = ResourcePriorities.Parse("cm,-,secret") });

        bench.Writes.Where(static write => write.StartsWith("POST", StringComparison.Ordinal)).Select(static write => write.Split('/')[^1])
            .ShouldBe(["customresourcedefinitions", "namespaces", "configmaps", "widgets", "secrets"]);
    }
}
