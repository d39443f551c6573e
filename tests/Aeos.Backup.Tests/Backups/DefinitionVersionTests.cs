using System.Text.Json.Nodes;
using Aeos.Backup.Backups;
using Aeos.Backup.Backups.Actions;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Backups;

/// <summary>Definitions that were made as v1beta1, on servers that still have that version.</summary>
public class DefinitionVersionTests
{
    private const string Old = ""","preserveUnknownFields":true""";

    [Theory]
    [InlineData(Old, "apiextensions.k8s.io/v1beta1")]
    [InlineData("", "apiextensions.k8s.io/v1")]
    public async Task A_definition_that_v1_would_not_take_again_is_backed_up_as_v1beta1(string field, string apiVersion)
    {
        await using var fixture = await StartAsync(field);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        ApiVersion(fixture).ShouldBe(apiVersion);
    }

    [Theory]
    [InlineData("""{"spec":{"versions":[{"name":"v1","schema":{"openAPIV3Schema":{}}}]}}""", false)]
    [InlineData("""{"spec":{"preserveUnknownFields":false,"versions":[{"name":"v1","schema":{"openAPIV3Schema":{}}}]}}""", false)]
    [InlineData("""{"spec":{"preserveUnknownFields":true,"versions":[{"name":"v1","schema":{"openAPIV3Schema":{}}}]}}""", true)]
    [InlineData("""{"spec":{"versions":[{"name":"v1"}]}}""", true)]
    [InlineData("""{"spec":{"versions":[{"name":"v1","schema":{}}]}}""", true)]
    [InlineData("""{"spec":{"versions":[{"name":"v1","schema":{"openAPIV3Schema":{}}}]},"status":{"conditions":[{"type":"NonStructuralSchema"}]}}""", true)]
    [InlineData("""{"spec":{"versions":[{"name":"v1","schema":{"openAPIV3Schema":{}}}]},"status":{"conditions":[{"type":"Established"}]}}""", false)]
    [InlineData("""{"spec":{"versions":[]}}""", false)]
    public void It_shows_by_its_fields_its_schema_and_its_conditions(string definition, bool isOld)
        => DefinitionAction.IsOld((JsonObject)JsonNode.Parse(definition)!).ShouldBe(isOld);

    [Fact]
    public async Task It_stays_as_it_is_with_all_versions()
    {
        await using var fixture = await StartAsync(Old);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", AllApiVersions = true });
        ApiVersion(fixture).ShouldBe("apiextensions.k8s.io/v1");
    }

    [Fact]
    public async Task It_stays_as_it_is_on_a_server_without_v1beta1()
    {
        await using var fixture = await StartAsync(Old, isOld: false);
        await fixture.BackUpAsync(new BackupRequest { Name = "b1" });
        ApiVersion(fixture).ShouldBe("apiextensions.k8s.io/v1");
    }

    [Fact]
    public async Task It_is_taken_along_in_v1beta1_too()
    {
        await using var fixture = await StartAsync(Old);
        fixture.SeedNamespace("shop");
        fixture.Seed("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"shop"}}""");
        await fixture.BackUpAsync(new BackupRequest { Name = "b1", Spec = new BackupSpec { IncludedNamespaces = ["shop"] } });
        ApiVersion(fixture).ShouldBe("apiextensions.k8s.io/v1beta1");
    }

    // Its place in the archive is that of the version that it was listed in, as with Velero.
    private static string ApiVersion(BackupFixture fixture)
    {
        var archive = fixture.StoredArchive("b1");
        var plain = archive["resources/customresourcedefinitions.apiextensions.k8s.io/cluster/widgets.example.com.json"];
        archive["resources/customresourcedefinitions.apiextensions.k8s.io/v1-preferredversion/cluster/widgets.example.com.json"].ShouldBe(plain);
        return JsonNode.Parse(plain)!["apiVersion"]!.GetValue<string>();
    }

    private static async Task<BackupFixture> StartAsync(string field, bool isOld = true)
    {
        var fixture = await BackupFixture.StartAsync();
        if (isOld)
        {
            fixture.Cluster.ServeOldDefinitions();
        }

        fixture.Seed($$"""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"}{{field}},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"} } }] } }
            """);
        await fixture.Cluster.SettleAsync();
        return fixture;
    }
}
