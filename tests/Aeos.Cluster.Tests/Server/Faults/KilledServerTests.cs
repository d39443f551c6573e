using System.Diagnostics;
using Aeos.Velero.Resources;
using Xunit.Abstractions;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>Servers that are killed (SIGKILL) while they work: processes of the built <c>aeos</c>.</summary>
public class KilledServerTests(ITestOutputHelper output)
{
    /// <summary>What the issue gives a server to end what another left.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task A_server_killed_in_mid_backup_is_followed_by_the_other_which_fails_that_backup_and_makes_the_next()
    {
        await using var room = await FaultRoom.OpenAsync();
        var held = new HeldCall(static call => call.IsList("configmaps"));
        room.Api.OnCall = held.DecideAsync;
        await using var first = ServerProcess.Start(room, "server-0");
        await first.WorksAsync();
        await using var second = ServerProcess.Start(room, "server-1");
        await second.SaysAsync("Waiting for the server server-0");
        await room.AskAsync("nightly");
        await held.Reached;
        (await room.Backups.TryGetAsync("nightly", default))!.Status.Phase.ShouldBe(BackupPhase.InProgress);
        Directory.EnumerateFiles(room.BucketFolder, "*", SearchOption.AllDirectories).ShouldNotBeEmpty();

        first.Kill();
        var since = Stopwatch.GetTimestamp();
        held.End(ApiFault.Cut);
        var ended = await room.EndOfBackupAsync("nightly");

        output.WriteLine($"{Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s from the kill until the backup was Failed; the bound is {Longest.TotalSeconds} s");
        ended.Status.Phase.ShouldBe(BackupPhase.Failed);
        ended.Status.FailureReason!.ShouldContain("found a backup with status \"InProgress\" during the server starting");
        ended.Status.CompletionTimestamp.ShouldNotBeNull();
        (await room.LeaderAsync()).ShouldBe("server-1");
        await room.BackUpAsync("next");
        await room.CheckBucketAsync("nightly");
    }

    [Theory]
    [InlineData(BackupPhase.InProgress, true, BackupPhase.Failed)]
    [InlineData(BackupPhase.Finalizing, false, BackupPhase.Failed)]
    [InlineData(BackupPhase.Finalizing, true, BackupPhase.Completed)]
    [InlineData(BackupPhase.Completed, false, BackupPhase.Completed)]
    public async Task A_backup_whose_server_is_killed_at_a_change_of_its_phase_ends_when_the_server_is_started_again(string at, bool isChanged, string end)
    {
        await using var room = await FaultRoom.OpenAsync();
        var held = new HeldCall(call => call.SetsPhase("backups", at));
        room.Api.OnCall = held.DecideAsync;
        await using var first = ServerProcess.Start(room, "server-0");
        await first.WorksAsync();
        await room.AskAsync("nightly");
        await held.Reached;

        first.Kill();
        (await first.EndAsync()).ShouldBe(137);
        held.End(isChanged ? ApiFault.Lost : ApiFault.Cut);
        await using var again = ServerProcess.Start(room, "server-0");
        var ended = await room.EndOfBackupAsync("nightly");

        ended.Status.Phase.ShouldBe(end, ended.Status.FailureReason);
        await again.WorksAsync();
        await room.BackUpAsync("next");
        await room.CheckBucketAsync(end == BackupPhase.Failed ? ["nightly"] : []);
        (await room.Bucket.KeysAsync()).Contains("backups/nightly/velero-backup.json").ShouldBe(end == BackupPhase.Completed);
    }

    [Fact]
    public async Task A_server_killed_in_mid_restore_fails_it_when_it_is_started_again_and_another_restore_brings_all_back()
    {
        await using var room = await FaultRoom.OpenAsync();
        await using var first = ServerProcess.Start(room, "server-0");
        var (before, held) = await room.LoseAndRestoreAsync("nightly", "back", static call => call.Creates("configmaps"));

        first.Kill();
        await first.EndAsync();
        held.End(ApiFault.Lost);
        await using var again = ServerProcess.Start(room, "server-0");
        var ended = await room.EndOfRestoreAsync("back");

        ended.Status.Phase.ShouldBe(RestorePhase.Failed);
        ended.Status.FailureReason!.ShouldContain("found a restore with status \"InProgress\" during the server starting");
        await room.AskToRestoreAsync("again", "nightly");
        (await room.EndOfRestoreAsync("again")).Status.Phase.ShouldBe(RestorePhase.Completed);
        await before.ShouldBeThereAgainAsync(room.Cluster, room.Application);
        await room.CheckBucketAsync();
    }

    [Fact]
    public async Task A_restore_whose_server_is_killed_when_all_is_applied_is_ended_by_the_next_one()
    {
        await using var room = await FaultRoom.OpenAsync();
        await using var first = ServerProcess.Start(room, "server-0");
        var (before, held) = await room.LoseAndRestoreAsync("nightly", "back", static call => call.SetsPhase("restores", RestorePhase.Finalizing));

        first.Kill();
        await first.EndAsync();
        held.End(ApiFault.Lost);
        await using var again = ServerProcess.Start(room, "server-0");
        var ended = await room.EndOfRestoreAsync("back");

        ended.Status.Phase.ShouldBe(RestorePhase.PartiallyFailed);
        await before.ShouldBeThereAgainAsync(room.Cluster, room.Application);
        await room.CheckBucketAsync();
    }
}
