using Aeos.Backup.Tests.Restores;
using Aeos.Velero.Resources;

namespace Aeos.Backup.Tests.Compatibility.Restores;

/// <summary>What a restore refuses: Velero 1.18, validateAndComplete in pkg/controller/restore_controller.go, and volume data, which Aeos does not restore.</summary>
public class RefusedRestoresTests
{
    private static readonly LabelSelector Labels = new() { MatchLabels = new Dictionary<string, string> { ["a"] = "b" } };

    public static TheoryData<string, RestoreSpec> Wrong => new()
    {
        { "non-restorable", new RestoreSpec { IncludedResources = ["nodes"] } },
        { "'*' only", new RestoreSpec { IncludedResources = ["*", "pods"] } },
        { "cannot contain '*'", new RestoreSpec { ExcludedResources = ["*"] } },
        { "in the includes list: pods", new RestoreSpec { IncludedResources = ["pods"], ExcludedResources = ["pods"] } },
        { "'*' only", new RestoreSpec { IncludedNamespaces = ["*", "shop"] } },
        { "cannot contain '*'", new RestoreSpec { ExcludedNamespaces = ["*"] } },
        { "in the includes list: shop", new RestoreSpec { IncludedNamespaces = ["shop"], ExcludedNamespaces = ["shop"] } },
        { "only one can be specified", new RestoreSpec { LabelSelector = Labels, OrLabelSelectors = [Labels] } },
        { "Invalid ExistingResourcePolicy: recreate", new RestoreSpec { ExistingResourcePolicy = "recreate" } },
        { "operator", new RestoreSpec { LabelSelector = new LabelSelector { MatchExpressions = [new LabelRequirement { Key = "a", Operator = "Near", Values = ["b"] }] } } },
        { "restoreStatus", new RestoreSpec { RestoreStatus = new RestoreStatusSpec { ExcludedResources = ["*"] } } },
        { "only a ConfigMap", new RestoreSpec { ResourceModifier = new ResourceReference { Kind = "Secret", Name = "modifiers" } } },
        { "restorePVs", new RestoreSpec { RestorePVs = true } },
        { "uploaderConfig", new RestoreSpec { UploaderConfig = new RestoreUploaderConfig { WriteSparseFiles = true } } },
        { "uploaderConfig", new RestoreSpec { UploaderConfig = new RestoreUploaderConfig { ParallelFilesDownload = 2 } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task It_is_refused_before_anything_is_done_and_the_error_says_why(string cause, RestoreSpec spec)
    {
        await using var bench = await RestoreBench.StartAsync();
        await bench.PutBackupAsync(new VeleroArchive().AddItem("configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"shop"}}""").ToBytes());

        var refusal = await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(spec with { BackupName = "nightly" }));

        refusal.Cause.ShouldContain(cause);
        bench.Writes.ShouldBeEmpty();
        (await bench.Location.Store.ExistsAsync("restores/again/restore-again-logs.gz", CancellationToken.None)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("nightly", "daily")]
    public async Task Either_a_backup_or_a_schedule_is_its_source(string? backup, string? schedule)
    {
        await using var bench = await RestoreBench.StartAsync();

        var refusal = await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(new RestoreSpec { BackupName = backup, ScheduleName = schedule }));

        refusal.Cause.ShouldContain("Either a backup or schedule");
    }

    [Fact]
    public async Task A_backup_that_is_not_there_is_named()
    {
        await using var bench = await RestoreBench.StartAsync();

        (await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(new RestoreSpec { BackupName = "weekly" }))).Cause.ShouldContain("weekly");
    }

    [Fact]
    public async Task A_field_that_is_not_known_is_named()
    {
        await using var bench = await RestoreBench.StartAsync();
        var document = RestoreDocument.Parse("""{"kind":"Restore","spec":{"backupName":"nightly","fromTheFuture":true},"metadata":{},"status":{}}"""u8, "r");

        (await Should.ThrowAsync<AeosException>(() => bench.RestoreAsync(document.Spec))).Cause.ShouldContain("fromTheFuture");
    }
}
