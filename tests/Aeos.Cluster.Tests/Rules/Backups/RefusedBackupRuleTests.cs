using System.Text.Json.Nodes;
using Aeos.Velero.Layout;

namespace Aeos.Cluster.Tests.Rules.Backups;

/// <summary>What a backup refuses while its cluster is there.</summary>
public class RefusedBackupRuleTests
{
    private static readonly (string Spec, string Cause)[] Specs =
    [
        ("""{"includedResources":["pods"],"includedClusterScopedResources":["nodes"]}""", "cannot be used together"),
        ("""{"includeClusterResources":false,"excludedNamespaceScopedResources":["pods"]}""", "cannot be used together"),
        ("""{"includedResources":["*","pods"]}""", "Invalid included/excluded resource lists: includes list must either contain '*' only"),
        ("""{"excludedResources":["*"]}""", "excludes list cannot contain '*'"),
        ("""{"includedResources":["pods"],"excludedResources":["pods"]}""", "excludes list cannot contain an item in the includes list: pods"),
        ("""{"includedClusterScopedResources":["*","nodes"]}""", "Invalid cluster-scoped included/excluded resource lists: includes list"),
        ("""{"excludedClusterScopedResources":["*","nodes"]}""", "excludes list must either contain '*' only"),
        ("""{"includedNamespaceScopedResources":["pods"],"excludedNamespaceScopedResources":["*"]}""", "when exclude is '*', include cannot have value"),
        ("""{"includedNamespaceScopedResources":["pods"],"excludedNamespaceScopedResources":["pods"]}""", "Invalid namespace-scoped included/excluded resource lists: excludes list cannot contain"),
        ("""{"includedNamespaces":["*","shop"]}""", "Invalid included/excluded namespace lists: includes list"),
        ("""{"excludedNamespaces":["*"]}""", "Invalid included/excluded namespace lists: excludes list cannot contain '*'"),
        ("""{"includedNamespaces":["shop"],"excludedNamespaces":["shop"]}""", "excludes list cannot contain an item in the includes list: shop"),
        ("""{"includedNamespaces":["a|b"]}""", "a|b"),
        ("""{"includedNamespaces":["a{b,c}"]}""", "a{b,c}"),
        ("""{"excludedNamespaces":["!a"]}""", "!a"),
        ("""{"includedNamespaces":["a(b)"]}""", "a(b)"),
        ("""{"includedNamespaces":["a**"]}""", "consecutive asterisks"),
        ("""{"includedNamespaces":["a[bc"]}""", "bracket"),
        ("""{"includedNamespaces":["a]"]}""", "bracket"),
        ("""{"includedNamespaces":["a[]"]}""", "a[]"),
        ("""{"includedNamespaces":["Shop"]}""", "invalid namespace \"Shop\""),
        ("""{"labelSelector":{"matchLabels":{"a":"b"}},"orLabelSelectors":[{"matchLabels":{"a":"b"}}]}""", "only one can be specified"),
        ("""{"snapshotVolumes":true}""", "snapshotVolumes"),
        ("""{"snapshotMoveData":true}""", "snapshotMoveData"),
        ("""{"datamover":"other"}""", "datamover"),
        ("""{"defaultVolumesToFsBackup":true}""", "defaultVolumesToFsBackup"),
        ("""{"defaultVolumesToRestic":true}""", "defaultVolumesToRestic"),
        ("""{"volumeSnapshotLocations":["here"]}""", "volumeSnapshotLocations"),
        ("""{"volumeGroupSnapshotLabelKey":"group"}""", "volumeGroupSnapshotLabelKey"),
        ("""{"uploaderConfig":{"parallelFilesUpload":2}}""", "uploaderConfig"),
        ("""{"metadata":{"labels":{"a":"b"}}}""", "metadata"),
        ("""{"resourcePolicy":{"kind":"Secret","name":"p"}}""", "resourcePolicy"),
        ("""{"hooks":{"resources":[{"name":"a","pre":[{"exec":{"command":[]}}]}]}}""", "spec.hooks.resources[0].pre[0].exec.command is missing or empty"),
        ("""{"hooks":{"resources":[{"name":"a","pre":[{}]}]}}""", "spec.hooks.resources[0].pre[0].exec is missing"),
        ("""{"hooks":{"resources":[{"name":"a","post":[{"exec":{"command":["x"],"timeout":"soon"}}]}]}}""", "spec.hooks.resources[0].post[0].exec.timeout is \"soon\""),
        ("""{"hooks":{"resources":[{"name":"a","pre":[{"exec":{"command":["x"],"onError":"Explode"}}]}]}}""", "onError is \"Explode\""),
        ("""{"unheardOf":1}""", "spec.unheardOf is not known"),
    ];

    private static readonly (string? Data, string Cause)[] Policies =
    [
        (null, "it is not there"),
        ("""{"a":"version: v1","b":"version: v1"}""", "one value"),
        ("""{"a":"version: v2"}""", "v2"),
        ("""{"a":"version: [v1"}""", "not YAML"),
        ("""{"a":"version: v1\nother: 1"}""", "other"),
        ("""{"a":"version: v1\nincludeExcludePolicy:\n  includedClusterScopedResources: ['*']"}""", "cannot use '*'"),
        ("""{"a":"version: v1\nincludeExcludePolicy:\n  includedClusterScopedResources: [a]\n  excludedClusterScopedResources: [a]"}""", "excludes list cannot contain an item"),
        ("""{"a":"version: v1\nvolumePolicies:\n- conditions: {}\n  action: {type: burn}"}""", "action"),
    ];

    [Fact]
    public async Task Each_spec_that_is_not_possible_is_refused_with_its_field_and_nothing_is_written()
    {
        await using var room = await RuleRoom.OpenAsync();
        foreach (var (spec, cause) in Specs)
        {
            (await Should.ThrowAsync<AeosException>(() => room.BackUpAsync(Rules.Specs.Backup(spec)), spec)).Cause.ShouldContain(cause);
        }

        (await room.Bucket.KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_resource_policy_that_is_missing_or_none_is_refused()
    {
        await using var room = await RuleRoom.OpenAsync();
        var server = await room.ServerAsync();
        foreach (var ((data, cause), number) in Policies.Select(static (policy, number) => (policy, number)))
        {
            if (data is not null)
            {
                await room.MakeAsync("v1", "ConfigMap", server, $"policy-{number}", $"\"data\":{data}");
            }

            var refusal = await Should.ThrowAsync<AeosException>(() => room.BackUpAsync(Rules.Specs.Backup($$$"""{"resourcePolicy":{"kind":"ConfigMap","name":"policy-{{{number}}}"}}""")), data);
            refusal.Cause.ShouldContain($"{server}/policy-{number}");
            refusal.Cause.ShouldContain(cause);
        }

        await room.ConfigureAsync("types", "version: v1\nincludeExcludePolicy:\n  excludedNamespaceScopedResources: [secrets]");
        (await Should.ThrowAsync<AeosException>(() => room.BackUpAsync(Rules.Specs.Backup("""{"includedResources":["pods"],"resourcePolicy":{"kind":"configmap","name":"types"}}"""))))
            .Cause.ShouldContain("include-exclude policy");
        (await room.Bucket.KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_no_effect_on_volumes_data_is_taken_and_said()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = await room.Cluster.CreateNamespaceAsync("shop");
        await room.ConfigureAsync("policy", "version: v1\nvolumePolicies:\n- conditions: {capacity: '0,10Gi'}\n  action: {type: skip}");

        var outcome = await room.BackUpAsync(Rules.Specs.Backup($$$"""
            {"includedNamespaces":["{{{shop}}}"],"csiSnapshotTimeout":"10m0s","itemOperationTimeout":"4h0m0s","resourcePolicy":{"kind":"configmap","name":"policy"}}
            """));

        var log = room.Bucket.Text(new BackupKeys("nightly").Logs);
        log.ShouldContain("spec.csiSnapshotTimeout has no effect");
        log.ShouldContain("spec.itemOperationTimeout has no effect");
        outcome.Results.Warnings.Velero.ShouldContain(static message => message.Contains("volume policies", StringComparison.Ordinal));
        $"{JsonNode.Parse(room.Bucket.Stored(new BackupKeys("nightly").Document))!["spec"]!["csiSnapshotTimeout"]}".ShouldBe("10m0s");
    }
}
