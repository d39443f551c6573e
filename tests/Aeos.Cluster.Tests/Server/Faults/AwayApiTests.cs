using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>An API server that is away for a minute.</summary>
public class AwayApiTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_server_without_a_Lease_stays_and_the_backup_under_way_says_what_failed_it()
    {
        await using var room = await FaultRoom.OpenAsync();
        var clock = new Clockwork(room);
        var server = await clock.ServeAsync();
        var held = new HeldCall(static call => call.IsList("configmaps"));
        room.Api.OnCall = held.DecideAsync;
        await room.AskAsync("during");
        await held.Reached;

        await room.Api.GoAwayAsync();
        held.End(ApiFault.Cut);
        await room.AskAsync("waiting");
        await clock.PassAsync(Minute);
        await room.Api.ComeBackAsync();

        var during = await EndOfBackupAsync(room, clock, "during");
        during.Status.Phase.ShouldBe(BackupPhase.Failed);
        during.Status.FailureReason!.ShouldContain("cannot be reached");
        (await EndOfBackupAsync(room, clock, "waiting")).Status.Phase.ShouldBe(BackupPhase.Completed);
        server.Ended.IsCompleted.ShouldBeFalse();
        await room.CheckBucketAsync("during");
    }

    [Fact]
    public async Task A_server_with_a_Lease_ends_and_when_it_is_started_again_the_backup_is_Failed_and_the_next_is_made()
    {
        await using var room = await FaultRoom.OpenAsync();
        var clock = new Clockwork(room);
        var options = room.Options with { LeaderElection = true, Identity = "server-0" };
        var server = await clock.ServeAsync(options);
        var held = new HeldCall(static call => call.IsList("configmaps"));
        room.Api.OnCall = held.DecideAsync;
        await room.AskAsync("during");
        await held.Reached;

        await room.Api.GoAwayAsync();
        held.End(ApiFault.Cut);
        await clock.PassAsync(Minute);

        (await Should.ThrowAsync<AeosException>(() => server.Ended)).Cause.ShouldBe("the server has lost its Lease and has stopped working");
        await room.Api.ComeBackAsync();
        (await room.Backups.TryGetAsync("during", default))!.Status.Phase.ShouldBe(BackupPhase.InProgress);
        await clock.ServeAsync(options);
        var during = await EndOfBackupAsync(room, clock, "during");
        during.Status.Phase.ShouldBe(BackupPhase.Failed);
        during.Status.FailureReason!.ShouldContain("found a backup with status \"InProgress\"");
        await room.AskAsync("next");
        (await EndOfBackupAsync(room, clock, "next")).Status.Phase.ShouldBe(BackupPhase.Completed);
        await room.CheckBucketAsync("during");
    }

    private static async Task<BackupDocument> EndOfBackupAsync(FaultRoom room, Clockwork clock, string name)
        => (await clock.UntilAsync(() => room.Backups.TryGetAsync(name, default), static backup => FaultRoom.HasEnded(backup!), TimeSpan.FromMinutes(5)))!;
}
