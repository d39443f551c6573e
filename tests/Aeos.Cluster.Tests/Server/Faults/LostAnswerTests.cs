using Aeos.Velero.Resources;

namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>Requests that the API does not answer as it should: what was asked for is done all the same, once.</summary>
public class LostAnswerTests
{
    [Fact]
    public async Task A_backup_is_Completed_whichever_change_of_its_phase_fails_and_however()
    {
        await using var room = await FaultRoom.OpenAsync();
        await room.Serve().WorkingAsync();
        ApiFault[] faults = [ApiFault.Lost, ApiFault.Cut, ApiFault.Answer(500, "InternalError"), ApiFault.Answer(503, "ServiceUnavailable"), ApiFault.Answer(409, "Conflict"), ApiFault.Answer(429, "TooManyRequests")];
        string[] phases = [BackupPhase.Queued, BackupPhase.ReadyToStart, BackupPhase.InProgress, BackupPhase.Finalizing, BackupPhase.Completed];
        var number = 0;
        foreach (var phase in phases)
        {
            foreach (var fault in phase is BackupPhase.Queued or BackupPhase.ReadyToStart ? faults[..1] : faults)
            {
                var name = $"b{++number}";
                var held = new HeldCall(call => call.SetsPhase("backups", phase));
                room.Api.OnCall = held.DecideAsync;
                held.End(fault);
                await room.AskAsync(name);
                var ended = await room.EndOfBackupAsync(name);
                ended.Status.Phase.ShouldBe(BackupPhase.Completed, $"{phase}, {fault}: {ended.Status.FailureReason}");
                held.Reached.IsCompletedSuccessfully.ShouldBeTrue();
            }
        }

        await room.CheckBucketAsync();
    }

    [Fact]
    public async Task A_restore_is_Completed_whichever_change_of_its_phase_fails_and_however()
    {
        await using var room = await FaultRoom.OpenAsync();
        await room.Serve().WorkingAsync();
        await room.BackUpAsync("nightly");
        var number = 0;
        foreach (var phase in (string[])[RestorePhase.InProgress, RestorePhase.Finalizing, RestorePhase.Completed])
        {
            foreach (var fault in (ApiFault[])[ApiFault.Lost, ApiFault.Cut, ApiFault.Answer(500, "InternalError"), ApiFault.Answer(409, "Conflict")])
            {
                var name = $"r{++number}";
                var held = new HeldCall(call => call.SetsPhase("restores", phase));
                room.Api.OnCall = held.DecideAsync;
                held.End(fault);
                await room.AskToRestoreAsync(name, "nightly");
                var ended = await room.EndOfRestoreAsync(name);
                ended.Status.Phase.ShouldBe(RestorePhase.Completed, $"{phase}, {fault}: {ended.Status.FailureReason}");
                held.Reached.IsCompletedSuccessfully.ShouldBeTrue();
            }
        }
    }
}
