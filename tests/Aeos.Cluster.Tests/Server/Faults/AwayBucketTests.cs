using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>A bucket that is away for a while.</summary>
public class AwayBucketTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_bucket_that_goes_away_and_comes_back_fails_what_needs_it_meanwhile_and_nothing_else()
    {
        await using var room = await FaultRoom.OpenAsync();
        var clock = new Clockwork(room);
        var server = await clock.ServeAsync();
        await room.BackUpAsync("before");
        var held = new HeldCall(static call => call.SetsPhase("backups", BackupPhase.Finalizing));
        room.Api.OnCall = held.DecideAsync;
        await room.AskAsync("during");
        await held.Reached;
        (await room.Bucket.KeysAsync()).ShouldContain("backups/during/during.tar.gz");

        TakeAway(room);
        held.End(ApiFault.None);
        var during = await room.EndOfBackupAsync("during");
        during.Status.Phase.ShouldBe(BackupPhase.Failed);
        during.Status.FailureReason!.ShouldContain("has no folder");
        var location = await UntilPhaseAsync(room, clock, BackupStorageLocationPhase.Unavailable);
        location.Status.Message!.ShouldContain("has no folder");
        await room.AskAsync("refused");
        var refused = await room.EndOfBackupAsync("refused");
        refused.Status.Phase.ShouldBe(BackupPhase.FailedValidation);
        refused.Status.ValidationErrors!.Single().ShouldContain("BackupStorageLocation default is in Unavailable status");
        await room.AskToRestoreAsync("no", "before");
        (await room.EndOfRestoreAsync("no")).Status.ValidationErrors!.Single().ShouldContain("The BSL default is unavailable");
        await clock.PassAsync(TimeSpan.FromMinutes(1));
        await server.StopAsync();
        await clock.ServeAsync();

        BringBack(room);
        location = await UntilPhaseAsync(room, clock, BackupStorageLocationPhase.Available);
        location.Status.Message.ShouldBeNull();
        await room.BackUpAsync("next");
        await clock.UntilAsync(room.Bucket.KeysAsync, static keys => !keys.Exists(static key => key.StartsWith("backups/during/", StringComparison.Ordinal)), Long);
        (await clock.UntilAsync(() => room.Backups.TryGetAsync("during", default), static during => during!.Metadata.Annotations?.ContainsKey("aeos.io/objects-left") != true, Long))!
            .Status.Phase.ShouldBe(BackupPhase.Failed);
        await room.CheckBucketAsync("during", "refused");
        (await room.Backups.TryGetAsync("before", default)).ShouldNotBeNull("a bucket that is away is not empty");
    }

    [Fact]
    public async Task A_backup_that_was_left_Finalizing_waits_for_its_bucket()
    {
        await using var room = await FaultRoom.OpenAsync();
        var clock = new Clockwork(room);
        await LeaveFinalizingAsync(room, clock);
        TakeAway(room);
        await clock.ServeAsync();
        await clock.PassAsync(TimeSpan.FromMinutes(2));
        (await room.Backups.TryGetAsync("left", default))!.Status.Phase.ShouldBe(BackupPhase.Finalizing);

        BringBack(room);

        (await clock.UntilAsync(() => room.Backups.TryGetAsync("left", default), static backup => FaultRoom.HasEnded(backup!), Long))!.Status.Phase.ShouldBe(BackupPhase.Completed);
        await room.CheckBucketAsync();
    }

    [Fact]
    public async Task A_restore_that_was_left_Finalizing_does_not_wait_for_its_bucket_for_ever_and_says_why()
    {
        await using var room = await FaultRoom.OpenAsync();
        var clock = new Clockwork(room);
        var server = await clock.ServeAsync();
        await room.BackUpAsync("nightly");
        await server.StopAsync();
        var left = await room.AskToRestoreAsync("left", "nightly");
        await room.Restores.PatchAsync(left, left with { Status = left.Status with { Phase = RestorePhase.Finalizing } }, default);
        TakeAway(room);
        await clock.ServeAsync(room.Options with { ResourceTimeout = TimeSpan.FromMinutes(3) });

        var ended = await clock.UntilAsync(() => room.Restores.TryGetAsync("left", default), static restore => restore!.Status.Phase != RestorePhase.Finalizing, Long);

        ended!.Status.Phase.ShouldBe(RestorePhase.PartiallyFailed);
        ended.Status.FailureReason!.ShouldContain("hooks in pods were not awaited");
        ended.Status.FailureReason!.ShouldContain("its record could not be written: the bucket \"bucket\" has no folder");
        BringBack(room);
    }

    // A backup whose document was lost with its server.
    private static async Task LeaveFinalizingAsync(FaultRoom room, Clockwork clock)
    {
        var server = await clock.ServeAsync();
        await room.BackUpAsync("left");
        await server.StopAsync();
        await room.Bucket.Store.DeleteAsync("backups/left/velero-backup.json", default);
        var left = (await room.Backups.TryGetAsync("left", default))!;
        await room.Backups.PatchAsync(left, left with { Status = left.Status with { Phase = BackupPhase.Finalizing } }, default);
    }

    private static async Task<BackupStorageLocationDocument> UntilPhaseAsync(FaultRoom room, Clockwork clock, string phase)
        => (await clock.UntilAsync(() => room.Locations.TryGetAsync("default", default), location => location!.Status.Phase == phase, Long))!;

    private static void TakeAway(FaultRoom room) => Directory.Move(room.BucketFolder, $"{room.BucketFolder}-away");

    private static void BringBack(FaultRoom room) => Directory.Move($"{room.BucketFolder}-away", room.BucketFolder);
}
