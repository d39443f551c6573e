using Aeos.Embedded;
using Aeos.Kubernetes;
using Aeos.Kubernetes.Configuration;
using Aeos.Kubernetes.Requests;
using Aeos.Server.Definitions;

namespace Aeos.Server.Tests.Definitions;

public sealed class VeleroDefinitionsTests
{
    [Fact]
    public async Task What_is_defined_is_served_when_applying_has_ended()
    {
        await using var server = await EmbeddedCluster.StartAsync();
        using var cluster = new KubernetesClient(ClusterConnection.ForServer(server.Address));

        await VeleroDefinitions.ApplyAsync(cluster, TimeProvider.System, CancellationToken.None);

        var catalog = await cluster.DiscoverAsync();
        catalog.Find("backups.velero.io").ShouldNotBeNull().Kind.ShouldBe("Backup");
        catalog.Find("bsl").ShouldNotBeNull().Kind.ShouldBe("BackupStorageLocation");
        catalog.Find("datauploads.velero.io").ShouldNotBeNull().Version.ShouldBe("v2alpha1");
        catalog.AllResources.Count(resource => resource.Group == "velero.io").ShouldBe(13);
    }

    [Fact]
    public async Task Applying_twice_changes_nothing()
    {
        await using var server = await EmbeddedCluster.StartAsync();
        using var cluster = new KubernetesClient(ClusterConnection.ForServer(server.Address));

        await VeleroDefinitions.ApplyAsync(cluster, TimeProvider.System, CancellationToken.None);
        await server.SettleAsync();
        var first = await VersionsAsync(cluster);
        await VeleroDefinitions.ApplyAsync(cluster, TimeProvider.System, CancellationToken.None);
        await server.SettleAsync();

        first.Count.ShouldBe(13);
        (await VersionsAsync(cluster)).ShouldBe(first);
    }

    [Fact]
    public void No_definition_has_a_status_subresource()
    {
        foreach (var definition in VeleroDefinitions.All)
        {
            var version = definition.ToTree()["spec"]!["versions"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
            version.ContainsKey("subresources").ShouldBeFalse(definition.Name);
        }
    }

    [Fact]
    public void A_Backup_says_how_it_is_encrypted_and_may_ask_for_it_and_a_Schedule_may_ask_too()
    {
        Fields("Backup", "status", "encryption").ShouldBe(["format", "isEncrypted", "keyRetrieverConfig", "keyRetrieverType", "scope"]);
        Fields("Backup", "spec", "encryption").ShouldBe(["enabled", "secretName"]);
        Fields("Schedule", "spec", "template", "encryption").ShouldBe(["enabled", "secretName"]);
    }

    private static IEnumerable<string> Fields(string kind, params string[] path)
    {
        var tree = VeleroDefinitions.All.Select(definition => definition.ToTree()).Single(tree => (string?)tree["spec"]!["names"]!["kind"] == kind);
        var schema = tree["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!;
        return path.Aggregate(schema, (node, name) => node["properties"]![name]!)["properties"]!.AsObject().Select(field => field.Key);
    }

    private static async Task<List<string>> VersionsAsync(KubernetesClient cluster)
    {
        var versions = new List<string>();
        await foreach (var definition in cluster.List(WellKnownResources.CustomResourceDefinitions))
        {
            versions.Add($"{definition.Name} {definition.Metadata.ResourceVersion}");
        }

        return versions;
    }
}
