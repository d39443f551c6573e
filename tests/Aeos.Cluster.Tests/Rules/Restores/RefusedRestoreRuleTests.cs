using Aeos.Cluster.Tests.Archives;
using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Rules.Restores;

/// <summary>What a restore refuses while its cluster is there, and which backup it takes.</summary>
public class RefusedRestoreRuleTests
{
    private static readonly (string Spec, string Cause)[] Wrong =
    [
        ("""{"includedResources":["pods","nodes"]}""", "nodes are non-restorable resources"),
        ("""{"includedResources":["*","pods"]}""", "includes list must either contain '*' only"),
        ("""{"excludedResources":["*"]}""", "excludes list cannot contain '*'"),
        ("""{"includedResources":["pods"],"excludedResources":["pods"]}""", "in the includes list: pods"),
        ("""{"includedNamespaces":["*","shop"]}""", "'*' only"),
        ("""{"excludedNamespaces":["*"]}""", "cannot contain '*'"),
        ("""{"includedNamespaces":["a","b"],"excludedNamespaces":["b"]}""", "excludes list cannot contain an item in the includes list: b"),
        ("""{"labelSelector":{"matchLabels":{"a":"b"}},"orLabelSelectors":[{"matchLabels":{"a":"b"}}]}""", "only one can be specified"),
        ("""{"existingResourcePolicy":"recreate"}""", "Invalid ExistingResourcePolicy: recreate"),
        ("""{"restoreStatus":{"excludedResources":["*"]}}""", "restoreStatus"),
        ("""{"resourceModifier":{"kind":"Secret","name":"m"}}""", "only a ConfigMap"),
        ("""{"restorePVs":true}""", "restorePVs"),
        ("""{"uploaderConfig":{"writeSparseFiles":true}}""", "uploaderConfig"),
        ("""{"uploaderConfig":{"parallelFilesDownload":2}}""", "uploaderConfig"),
        ("""{"itemOperationTimeout":"soon"}""", "itemOperationTimeout"),
        ("""{"hooks":{"resources":[{"name":"a","postHooks":[{"exec":{}}]}]}}""", "spec.hooks.resources[0].postHooks[0].exec.command is missing or empty"),
        ("""{"hooks":{"resources":[{"name":"a","postHooks":[{"exec":{"command":["x"],"onError":"Stop"}}]}]}}""", "onError is \"Stop\""),
        ("""{"hooks":{"resources":[{"name":"a","postHooks":[{"init":{"initContainers":[{"name":"i","image":"x"}]}}]}]}}""", "initContainers[0] needs name, image and command"),
        ("""{"fromTheFuture":true}""", "fromTheFuture"),
        ("""{"scheduleName":"daily"}""", "Either a backup or schedule must be specified"),
    ];

    private static readonly (string? Data, string Cause)[] Modifiers =
    [
        (null, "failed to get resource modifiers configmap"),
        ("""{}""", "has 0 keys instead of one"),
        ("""{"a":"version: v1","b":"version: v1"}""", "has 2 keys instead of one"),
        ("""{"a":"version: v2"}""", "v2"),
        ("""{"a":"version: v1"}""", "Validation error in resource modifiers"),
        ("""{"a":"version: v1\nresourceModifierRules: ["}""", "Validation error in resource modifiers"),
        ("""{"a":"version: v1\nsurprise: 1\nresourceModifierRules:\n- conditions: {groupResource: pods}"}""", "surprise"),
        ("""{"a":"version: v1\nresourceModifierRules:\n- conditions: {}\n  patches: [{operation: remove, path: /a}]"}""", "groupResource"),
        ("""{"a":"version: v1\nresourceModifierRules:\n- conditions: {groupResource: pods}\n  patches: [{operation: remove, path: /a}]\n  mergePatches: [{patchData: '{}'}]"}""", "patch"),
        ("""{"a":"version: v1\nresourceModifierRules:\n- conditions: {groupResource: pods}\n  patches: [{operation: burn, path: /a}]"}""", "burn"),
        ("""{"a":"version: v1\nresourceModifierRules:\n- conditions: {groupResource: pods}\n  patches: [{operation: remove}]"}""", "path"),
    ];

    [Fact]
    public async Task Each_spec_that_is_not_possible_is_refused_and_nothing_is_done()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.PutAsync(new ItemArchive().AddConfigMap(shop));
        foreach (var (spec, cause) in Wrong)
        {
            (await Should.ThrowAsync<AeosException>(() => room.RestoreAsync(Specs.Restore(spec)), spec)).Cause.ShouldContain(cause);
        }

        (await Should.ThrowAsync<AeosException>(() => room.RestoreAsync(new RestoreSpec { BackupName = "weekly" }))).Cause.ShouldContain("weekly");
        await ShouldBeUntouchedAsync(room, shop);
    }

    [Fact]
    public async Task Modifiers_that_are_missing_or_none_are_refused_and_nothing_is_done()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        await room.PutAsync(new ItemArchive().AddConfigMap(shop));
        foreach (var ((data, cause), number) in Modifiers.Select(static (modifiers, number) => (modifiers, number)))
        {
            if (data is not null)
            {
                await room.MakeAsync("v1", "ConfigMap", await room.ServerAsync(), $"m-{number}", $"\"data\":{data}");
            }

            var spec = new RestoreSpec { ResourceModifier = new ResourceReference { Kind = "ConfigMap", Name = $"m-{number}" } };
            (await Should.ThrowAsync<AeosException>(() => room.RestoreAsync(spec), data)).Cause.ShouldContain(cause);
        }

        await ShouldBeUntouchedAsync(room, shop);
    }

    [Fact]
    public async Task Of_a_schedule_the_newest_completed_backup_is_restored_and_one_without_is_refused()
    {
        await using var room = await RuleRoom.OpenAsync();
        var shop = room.Cluster.Name("shop");
        foreach (var (name, schedule, phase, day) in new[]
        {
            ("daily-1", "daily", "Completed", 1), ("daily-2", "daily", "Completed", 2), ("daily-3", "daily", "PartiallyFailed", 3), ("weekly-1", "weekly", "Completed", 4), ("failed-1", "failing", "Failed", 5),
        })
        {
            await room.Bucket.PutBackupAsync(
                name, new ItemArchive().AddConfigMap(shop, value: name).ToBytes(), status: $",\"startTimestamp\":\"2026-01-0{day}T00:00:00Z\"", labels: $"\"velero.io/schedule-name\":\"{schedule}\"", phase: phase);
        }

        (await Should.ThrowAsync<AeosException>(() => room.RestoreScheduleAsync("failing"))).Cause.ShouldContain("No completed backups found for schedule");
        (await Should.ThrowAsync<AeosException>(() => room.RestoreScheduleAsync("none"))).Cause.ShouldContain("No backups found for schedule");
        (await Should.ThrowAsync<AeosException>(() => room.RestoreScheduleAsync(null))).Cause.ShouldContain("Either a backup or schedule");
        await ShouldBeUntouchedAsync(room, shop);

        var (document, _) = await room.RestoreScheduleAsync("daily");

        document.Spec.BackupName.ShouldBe("daily-2");
        var map = await room.GetAsync("v1", "ConfigMap", shop, "map");
        ($"{map["data"]!["k"]}", $"{map["metadata"]!["labels"]!["velero.io/backup-name"]}").ShouldBe(("daily-2", "daily-2"));
    }

    private static async Task ShouldBeUntouchedAsync(RuleRoom room, string shop)
    {
        (await room.FindAsync("v1", "Namespace", null, shop)).ShouldBeNull();
        (await room.Bucket.KeysAsync()).ShouldNotContain(static key => key.StartsWith("restores/", StringComparison.Ordinal));
    }
}
