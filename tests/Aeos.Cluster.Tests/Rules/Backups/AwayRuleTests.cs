using Aeos.Cluster.Tests.Running;
using Aeos.Embedded;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Backups;

/// <summary>What a backup does where a part of the API does not answer.</summary>
[Collection(AwayRules.Name)]
public class AwayRuleTests
{
    [Fact]
    public async Task A_group_that_cannot_be_discovered_is_a_warning_and_the_rest_is_backed_up()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateConfigMapAsync(shop, "map");
        var group = $"away.{room.Mark}.example";
        if (ClusterRoom.IsReal)
        {
            // Nothing answers for the service, which is not there.
            await room.MakeAsync("apiregistration.k8s.io/v1", "APIService", null, $"v1beta1.{group}", $$$"""
                "spec":{"group":"{{{group}}}","version":"v1beta1","groupPriorityMinimum":100,"versionPriority":100,"insecureSkipTLSVerify":true,"service":{"namespace":"{{{shop}}}","name":"nobody"} }
                """);
            await room.Cluster.UntilAsync(
                await room.Cluster.TypeAsync("apiregistration.k8s.io/v1", "APIService"), null, $"v1beta1.{group}",
                static now => now.At("status", "conditions") is System.Text.Json.Nodes.JsonArray conditions && conditions.Any(static one => $"{one.At("type")} {one.At("status")}" == "Available False"));
        }
        else
        {
            room.Cluster.Embedded.BreakGroup(group);
        }

        var outcome = await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop] });

        outcome.Results.Warnings.Velero.ShouldContain(message => message.Contains($"{group}/v1beta1", StringComparison.Ordinal));
        room.Bucket.Items("nightly").Keys.ShouldContain($"configmaps/{shop}/map");
        outcome.Document.Status.Phase.ShouldBe("Completed");
    }

    [Fact]
    public async Task A_type_that_cannot_be_listed_is_an_error_and_the_rest_is_backed_up()
    {
        await using var room = await RuleRoom.OpenAsync();
        var type = $"widgets.{room.Cluster.Group}";
        const string Schema = """ "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}""";
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.Cluster.CreateConfigMapAsync(shop, "map");

        // Nobody answers at the address of the webhook that would convert what is stored.
        await room.MakeAsync("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, type, $$$$"""
            "spec":{"group":"{{{{room.Cluster.Group}}}}","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"},
             "conversion":{"strategy":"Webhook","webhook":{"conversionReviewVersions":["v1"],"clientConfig":{"url":"https://127.0.0.1:1/"}}},
             "versions":[{"name":"v1","served":true,"storage":true,{{{{Schema}}}}},{"name":"v2","served":true,"storage":false,{{{{Schema}}}}}]}
            """);
        await room.MakeAsync($"{room.Cluster.Group}/v1", "Widget", shop, "w");
        if (!ClusterRoom.IsReal)
        {
            room.Cluster.Embedded.BeforeRequest = request =>
                request.Path.Contains($"{room.Cluster.Group}/v2/", StringComparison.Ordinal) ? Fault.Answer(500, "InternalError", "conversion webhook failed") : null;
        }

        var outcome = await room.BackUpAsync(new BackupSpec { IncludedNamespaces = [shop] });

        room.Errors(outcome).ShouldHaveSingleItem().ShouldContain(type);
        outcome.Document.Status.Phase.ShouldBe("PartiallyFailed");
        room.Bucket.Items("nightly").Keys.ShouldContain($"configmaps/{shop}/map");
        room.Bucket.Items("nightly").Keys.ShouldNotContain(key => key.StartsWith("widgets", StringComparison.Ordinal));
        await RemoveConversionAsync(room, type);
    }

    // Else the definition could not be deleted: its objects are converted first.
    private static Task RemoveConversionAsync(RuleRoom room, string type)
        => room.PatchAsync("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, type, """{"spec":{"conversion":{"strategy":"None","webhook":null}}}""");
}
