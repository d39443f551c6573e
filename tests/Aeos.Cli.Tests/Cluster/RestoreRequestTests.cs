using Aeos.Server.Tests;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Tests.Cluster;

/// <summary>Restores in the cluster. The test is the server.</summary>
public sealed class RestoreRequestTests : ClusterRoom
{
    [Theory]
    [InlineData(RestorePhase.Completed, 0)]
    [InlineData(RestorePhase.PartiallyFailed, 1)]
    [InlineData(RestorePhase.Failed, 1)]
    public async Task The_exit_code_of_a_restore_that_is_waited_for_is_0_only_when_it_is_Completed(string phase, int exitCode)
    {
        await PutBackupAsync("one");
        var running = AeosAsync("restore", "create", "again", "--from-backup", "one", "--namespace-mappings", "shop:copy", "--wait");
        var asked = (await Eventually.BecomesAsync<RestoreDocument?>(() => Restores.TryGetAsync("again", default), static found => found is not null, "the Restore"))!;
        asked.Spec.NamespaceMapping!["shop"].ShouldBe("copy");
        var begun = await Restores.PatchAsync(
            asked, asked with { Status = new RestoreStatus { Phase = RestorePhase.InProgress, Progress = new RestoreProgressStatus { TotalItems = 3, ItemsRestored = 1 } } }, default);
        await Restores.PatchAsync(
            begun,
            begun with { Status = begun.Status with { Phase = phase, FailureReason = phase == RestorePhase.Failed ? "the key is gone" : null, Progress = new RestoreProgressStatus { TotalItems = 3, ItemsRestored = 3 } } },
            default);

        var outcome = await running;
        outcome.ExitCode.ShouldBe(exitCode, outcome.Error);
        outcome.Text.ShouldContain($"Restore again of backup one {phase}: 3 items");
        outcome.Error.Contains("error: the key is gone", StringComparison.Ordinal).ShouldBe(phase == RestorePhase.Failed);
    }

    [Fact]
    public async Task A_restore_that_is_deleted_while_it_is_waited_for_is_a_failure()
    {
        await PutBackupAsync("one");
        var running = AeosAsync("restore", "create", "again", "--from-backup", "one", "--wait");
        await Eventually.BecomesAsync<RestoreDocument?>(() => Restores.TryGetAsync("again", default), static found => found is not null, "the Restore");
        await Restores.DeleteAsync("again", default);
        (await running).ShouldBeRefused("\"again\" was deleted");
    }

    [Fact]
    public async Task The_source_has_to_be_there_and_of_a_schedule_the_newest_may_be_PartiallyFailed()
    {
        (await AeosAsync("restore", "create", "again", "--from-backup", "one")).ShouldBeRefused("no backup \"one\"");
        (await AeosAsync("restore", "create", "again", "--from-schedule", "nightly")).ShouldBeRefused("no backup of the schedule \"nightly\"");
        await PutBackupAsync("nightly-1", schedule: "nightly");
        await PutBackupAsync("nightly-2", BackupPhase.PartiallyFailed, "nightly", "2026-01-03T03:04:05Z");

        (await AeosAsync("restore", "create", "again", "--from-schedule", "nightly")).ShouldBeDone();
        (await Restores.TryGetAsync("again", default))!.Spec.ScheduleName.ShouldBe("nightly");
        (await AeosAsync("restore", "create", "newest", "--from-schedule", "nightly", "--allow-partially-failed")).ShouldBeDone();
        (await Restores.TryGetAsync("newest", default))!.Spec.BackupName.ShouldBe("nightly-2");
    }

    [Fact]
    public async Task Restores_are_listed_described_and_deleted()
    {
        await PutBackupAsync("one");
        (await AeosAsync("restore", "create", "again", "--from-backup", "one", "--labels", "team=a")).ShouldBeDone();
        (await AeosAsync("restore", "get")).ShouldBeDone().Text.Split('\n')[1].ShouldMatch("^again +one +");
        (await AeosAsync("restore", "describe", "again", "--details")).ShouldBeDone().Text.ShouldContain("Backup:  one\n");
        (await AeosAsync("restore", "logs", "again")).ShouldBeRefused("no log of again yet");
        (await AeosAsync("restore", "delete", "--selector", "team=a")).ShouldBeWrongUsage("--confirm");
        (await AeosAsync("restore", "delete", "--selector", "team=a", "--confirm")).ShouldBeDone().Text.ShouldContain("Restore again deleted");
        (await Restores.TryGetAsync("again", default)).ShouldBeNull();
    }
}
