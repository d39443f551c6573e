using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>Servers that are asked to stop (SIGTERM) while they work: processes of the built <c>aeos</c>.</summary>
public class StoppedServerTests
{
    [Fact]
    public async Task A_server_that_is_stopped_in_mid_backup_says_so_takes_away_what_it_wrote_and_gives_the_Lease_up()
    {
        await using var room = await FaultRoom.OpenAsync();
        var (held, refused) = (new HeldCall(static call => call.IsList("configmaps")), 0);

        // Saved at the fifth attempt, three seconds after the first: later than other commands are given.
        room.Api.OnCall = call => call.SetsPhase("backups", BackupPhase.Failed) && Interlocked.Increment(ref refused) <= 4
            ? Task.FromResult(ApiFault.Answer(500, "InternalError")) : held.DecideAsync(call);
        await using var server = ServerProcess.Start(room, "server-0");
        await server.WorksAsync();
        await room.AskAsync("nightly");
        await held.Reached;

        server.Terminate();

        (await server.EndAsync()).ShouldBe(0, server.Log);
        var ended = (await room.Backups.TryGetAsync("nightly", default))!;
        ended.Status.Phase.ShouldBe(BackupPhase.Failed);
        ended.Status.FailureReason!.ShouldContain("the server was stopped while it made the backup");
        (await room.LeaderAsync()).ShouldBeEmpty();
        await room.CheckBucketAsync("nightly");
        held.End(ApiFault.Cut);
    }

    [Fact]
    public async Task A_backup_that_is_whole_when_the_server_is_stopped_is_Completed()
    {
        await using var room = await FaultRoom.OpenAsync();
        var held = new HeldCall(static call => call.SetsPhase("backups", BackupPhase.Completed));
        room.Api.OnCall = held.DecideAsync;
        await using var server = ServerProcess.Start(room, "server-0");
        await server.WorksAsync();
        await room.AskAsync("nightly");
        await held.Reached;

        server.Terminate();
        await server.SaysAsync("Asked to stop");
        held.End(ApiFault.None);

        (await server.EndAsync()).ShouldBe(0, server.Log);
        (await room.Backups.TryGetAsync("nightly", default))!.Status.Phase.ShouldBe(BackupPhase.Completed);
        await room.CheckBucketAsync();
    }

    [Fact]
    public async Task A_server_that_is_stopped_in_mid_restore_says_so_and_another_restore_brings_all_back()
    {
        await using var room = await FaultRoom.OpenAsync();
        await using var server = ServerProcess.Start(room, "server-0");
        var (before, held) = await room.LoseAndRestoreAsync("nightly", "back", static call => call.Creates("configmaps"));

        server.Terminate();

        (await server.EndAsync()).ShouldBe(0, server.Log);
        held.End(ApiFault.Lost);
        var ended = (await room.Restores.TryGetAsync("back", default))!;
        ended.Status.Phase.ShouldBe(RestorePhase.Failed);
        ended.Status.FailureReason.ShouldBe("the restore was cancelled");
        await using var next = ServerProcess.Start(room, "server-1");
        await room.AskToRestoreAsync("again", "nightly");
        (await room.EndOfRestoreAsync("again")).Status.Phase.ShouldBe(RestorePhase.Completed);
        await before.ShouldBeThereAgainAsync(room.Cluster, room.Application);
    }
}
