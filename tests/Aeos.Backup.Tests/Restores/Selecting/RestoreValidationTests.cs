using System.Text.Json.Nodes;
using Aeos.Backup.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Restores.Selecting;

/// <summary>What is refused before anything is read or applied.</summary>
public class RestoreValidationTests
{
    [Theory]
    [InlineData("""{"backupName":"nightly","includedResources":["pods","nodes"]}""", "nodes are non-restorable resources")]
    [InlineData("""{"backupName":"nightly","includedResources":["*","pods"]}""", "includes list must either contain '*' only, or a non-empty list of items")]
    [InlineData("""{"backupName":"nightly","excludedResources":["*"]}""", "excludes list cannot contain '*'")]
    [InlineData("""{"backupName":"nightly","includedNamespaces":["a","b"],"excludedNamespaces":["b"]}""", "excludes list cannot contain an item in the includes list: b")]
    [InlineData("""{"backupName":"nightly","labelSelector":{},"orLabelSelectors":[]}""", "labelSelector as well as orLabelSelectors")]
    [InlineData("""{"backupName":"nightly","scheduleName":"daily"}""", "Either a backup or schedule must be specified")]
    [InlineData("""{}""", "Either a backup or schedule must be specified")]
    [InlineData("""{"backupName":"nightly","existingResourcePolicy":"overwrite"}""", "Invalid ExistingResourcePolicy: overwrite")]
    [InlineData("""{"backupName":"nightly","labelSelector":{"matchExpressions":[{"key":"a","operator":"Near"}]}}""", "Near")]
    [InlineData("""{"backupName":"nightly","restoreStatus":{"includedResources":["*","pods"]}}""", "restoreStatus")]
    [InlineData("""{"backupName":"nightly","restorePVs":true}""", "restorePVs")]
    [InlineData("""{"backupName":"nightly","uploaderConfig":{"writeSparseFiles":true}}""", "uploaderConfig")]
    [InlineData("""{"backupName":"nightly","itemOperationTimeout":"soon"}""", "itemOperationTimeout")]
    [InlineData("""{"backupName":"nightly","namespaceMapping":{"a":"B_"}}""", "namespaceMapping")]
    [InlineData("""{"backupName":"nightly","turbo":true}""", "spec.turbo is not known")]
    public async Task What_is_not_possible_is_refused_and_nothing_is_read(string spec, string why)
    {
        await using var bench = await RestoreBench.StartAsync();

        var refusal = await Should.ThrowAsync<RestoreRefusedException>(() => bench.RestoreAsync(Parse(spec)));

        refusal.Cause.ShouldContain(why);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        await using var bench = await RestoreBench.StartAsync();

        var refusal = await Should.ThrowAsync<RestoreRefusedException>(() => bench.RestoreAsync(new RestoreSpec { IncludedResources = ["events"], ExistingResourcePolicy = "x" }));

        refusal.Cause.ShouldContain("events are non-restorable");
        refusal.Cause.ShouldContain("Either a backup");
        refusal.Cause.ShouldContain("Invalid ExistingResourcePolicy");
    }

    [Fact]
    public void A_restores_spec_has_every_field_of_Veleros()
    {
        const string Whole = """
            {"backupName":"b","scheduleName":"s","includedNamespaces":["a"],"excludedNamespaces":["b"],"includedResources":["c"],"excludedResources":["d"],
             "namespaceMapping":{"a":"b"},"labelSelector":{"matchLabels":{"a":"b"}},"orLabelSelectors":[{"matchLabels":{"a":"b"}}],"restorePVs":true,
             "restoreStatus":{"includedResources":["e"],"excludedResources":["f"]},"preserveNodePorts":true,"includeClusterResources":false,
             "hooks":{"resources":[{"name":"h","postHooks":[{"exec":{"command":["x"],"onError":"Fail","execTimeout":"1s","waitTimeout":"2s","waitForReady":true}}]}]},
             "existingResourcePolicy":"update","itemOperationTimeout":"4h0m0s","resourceModifier":{"kind":"configmap","name":"m"},
             "uploaderConfig":{"writeSparseFiles":true,"parallelFilesDownload":2}}
            """;
        var document = new RestoreDocument { Spec = Parse(Whole) };

        document.Spec.Others.ShouldBeNull();
        JsonNode.DeepEquals(JsonNode.Parse(document.ToJson())!["spec"], JsonNode.Parse(Whole)).ShouldBeTrue();
    }

    private static RestoreSpec Parse(string spec) =>
        RestoreDocument.Parse(System.Text.Encoding.UTF8.GetBytes($$$"""{"kind":"Restore","metadata":{},"spec":{{{spec}}},"status":{}}"""), "test").Spec;
}
