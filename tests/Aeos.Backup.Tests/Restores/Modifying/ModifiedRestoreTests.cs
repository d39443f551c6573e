using System.Text.Json.Nodes;
using Aeos.Backup.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Restores.Modifying;

public sealed class ModifiedRestoreTests
{
    private const string ConfigMap = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"},"data":{"colour":"blue"}}""";

    private static readonly RestoreSpec Modified = RestoreBench.Spec with { ResourceModifier = new ResourceReference { Kind = "configmap", Name = "modifiers" } };

    private static async Task<RestoreBench> BenchAsync(params string[] texts)
    {
        var bench = await RestoreBench.StartAsync();
        bench.Cluster.Seed("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"velero"}}""");
        var data = new JsonObject(texts.Select((text, i) => KeyValuePair.Create($"rules{i}.yaml", (JsonNode?)text)));
        bench.Cluster.Seed($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"modifiers","namespace":"velero"},"data":{{{data.ToJsonString()}}} }""");
        await bench.Cluster.SettleAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("configmaps", ConfigMap).ToBytes());
        return bench;
    }

    private static string Rule(string conditions, string patches) => Modification.Rules(Modification.Rule($"groupResource: configmaps, {conditions}", patches));

    [Fact]
    public async Task An_object_is_modified_before_it_is_mapped_and_labelled()
    {
        await using var bench = await BenchAsync(Rule(
            "namespaces: [shop]", "patches: [{operation: replace, path: /data/colour, value: red}, {operation: add, path: /metadata/labels, value: '{\"velero.io/restore-name\": \"x\"}'}]"));

        var (_, outcome) = await bench.RestoreAsync(Modified with { NamespaceMapping = new Dictionary<string, string> { ["shop"] = "copy" } });

        outcome.Errors.Count.ShouldBe(0);
        var item = bench.Cluster.Find("v1", "ConfigMap", "copy", "settings")!;
        ((string?)item["data"]!["colour"]).ShouldBe("red");
        ((string?)item["metadata"]!["labels"]!["velero.io/restore-name"]).ShouldBe("again");
    }

    [Fact]
    public async Task A_patch_that_does_not_fit_is_an_error_and_the_object_is_restored_without_it()
    {
        await using var bench = await BenchAsync(Rule("namespaces: []", "patches: [{operation: remove, path: /data/missing}]"));

        var (document, outcome) = await bench.RestoreAsync(Modified);

        document.Status.Phase.ShouldBe("PartiallyFailed");
        outcome.Errors.Namespaces["shop"].ShouldHaveSingleItem().ShouldContain("/data/missing");
        ((string?)bench.Cluster.Find("v1", "ConfigMap", "shop", "settings")!["data"]!["colour"]).ShouldBe("blue");
    }

    [Theory]
    [InlineData("Validation error in resource modifiers provided in configmap velero/modifiers", "version: v2")]
    [InlineData("Validation error in resource modifiers provided in configmap velero/modifiers", "version: v1\nresourceModifierRules: [")]
    [InlineData("has 2 keys instead of one", "version: v1", "version: v1")]
    [InlineData("has 0 keys instead of one")]
    public async Task Modifiers_that_are_none_are_refused_before_anything_is_applied(string cause, params string[] texts)
    {
        await using var bench = await BenchAsync(texts);

        (await Should.ThrowAsync<RestoreRefusedException>(() => bench.RestoreAsync(Modified))).Cause.ShouldContain(cause);

        bench.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ConfigMap", "others", "failed to get resource modifiers configmap velero/others")]
    [InlineData("Secret", "modifiers", "only a ConfigMap is known")]
    public async Task So_are_modifiers_that_are_not_there(string kind, string name, string cause)
    {
        await using var bench = await BenchAsync("version: v1");

        (await Should.ThrowAsync<RestoreRefusedException>(() => bench.RestoreAsync(RestoreBench.Spec with { ResourceModifier = new ResourceReference { Kind = kind, Name = name } })))
            .Cause.ShouldContain(cause);

        bench.Writes.ShouldBeEmpty();
    }
}
